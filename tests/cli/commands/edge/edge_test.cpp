#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using Catch::Matchers::Contains;
using xmppfed::core::Json;
using xmppfed::test::TestWorld;

namespace {

constexpr const char* worked_example =
    "edge set --access-edge sip.contoso.com --web-conferencing webcon.contoso.com --sip-domain "
    "contoso.com,fabrikam.com "
    "--organization Contoso --organizational-unit IT --city Redmond --state Washington --country US";

Json edge_of(TestWorld& world) {
    return world.must("edge show -o json").json().at("edge");
}

/// A world whose edge is the worked example.
struct WithWorkedExample : TestWorld {
    WithWorkedExample() {
        must(worked_example);
        now += std::chrono::minutes{1};
    }
};

/// What an edge and its history are, to compare.
std::string state_of(TestWorld& world) {
    return world.must("edge show -o json").out + world.state();
}

}  // namespace

TEST_CASE("an edge that was never set has nothing, and showing it makes no store") {
    TestWorld world;
    CHECK(edge_of(world) == Json::parse(R"({"access_edge": null, "web_conferencing": null, "sip_domains": [],
        "xmpp_domains": null, "effective_xmpp_domains": [], "organization": null, "organizational_unit": null,
        "city": null, "state": null, "country": null})"));
    CHECK(world.directory.names().empty());
}

TEST_CASE("every field of the edge is set and shown") {
    WithWorkedExample world;
    CHECK(edge_of(world) == Json::parse(R"({"access_edge": "sip.contoso.com", "web_conferencing": "webcon.contoso.com",
        "sip_domains": ["contoso.com", "fabrikam.com"], "xmpp_domains": null,
        "effective_xmpp_domains": ["contoso.com", "fabrikam.com"], "organization": "Contoso",
        "organizational_unit": "IT", "city": "Redmond", "state": "Washington", "country": "US"})"));
    const auto text = world.must("edge show").out;
    for (const auto* part : {"sip.contoso.com\n", "webcon.contoso.com\n", "contoso.com, fabrikam.com\n",
                             "contoso.com, fabrikam.com (the SIP domains)\n", "Contoso\n", "Washington\n", "US\n"}) {
        CHECK_THAT(text, Contains(part));
    }
}

TEST_CASE("the hint at a wrong country has the code that was meant") {
    TestWorld world;
    CHECK_THAT(world.run("edge set --country UK").err,
               Contains("hint: the code of that country is GB: use `--country GB`\n"));
    CHECK_THAT(world.run("edge set --country usa").err, Contains("use `--country US`"));
}

TEST_CASE("an edit of the edge changes what it names and nothing else") {
    struct Row {
        const char* options;
        const char* key;
        const char* value;
    };
    const auto row = GENERATE(values<Row>({
        {"--access-edge Kante.Contoso.com.", "access_edge", R"("kante.contoso.com")"},
        {"--access-edge bücher.example", "access_edge", R"("xn--bcher-kva.example")"},
        {"--web-conferencing ''", "web_conferencing", "null"},
        {"--sip-domain z.example --sip-domain a.example,B.example", "sip_domains",
         R"(["z.example", "a.example", "b.example"])"},
        {"--sip-domain ''", "sip_domains", "[]"},
        {"--add-sip-domain a.example", "sip_domains", R"(["contoso.com", "fabrikam.com", "a.example"])"},
        {"--remove-sip-domain CONTOSO.com", "sip_domains", R"(["fabrikam.com"])"},
        {"--remove-sip-domain contoso.com --add-sip-domain z.example", "sip_domains",
         R"(["fabrikam.com", "z.example"])"},
        {"--xmpp-domain im.contoso.com", "xmpp_domains", R"(["im.contoso.com"])"},
        {"--no-xmpp-domains", "xmpp_domains", "[]"},
        {"--add-xmpp-domain im.contoso.com", "xmpp_domains", R"(["contoso.com", "fabrikam.com", "im.contoso.com"])"},
        {"--remove-xmpp-domain fabrikam.com", "xmpp_domains", R"(["contoso.com"])"},
        {"--organization ''", "organization", "null"},
        {"--organizational-unit Edge", "organizational_unit", R"("Edge")"},
        {"--city Zürich", "city", R"("Zürich")"},
        {"--state=", "state", "null"},
        {"--country ch", "country", R"("CH")"},
        {"--country ''", "country", "null"},
    }));
    INFO(row.options);
    WithWorkedExample world;
    auto expected = edge_of(world);
    const auto before = expected;
    world.must(fmt::format("edge set {} -m why", row.options));
    auto actual = edge_of(world);
    expected[row.key] = Json::parse(row.value);
    actual.erase("effective_xmpp_domains");
    expected.erase("effective_xmpp_domains");
    CHECK(actual == expected);

    const auto entry = world.must("history --limit 1 -o json").json().at("entries").at(0);
    CHECK(entry.at("action") == "edge.update");
    CHECK(entry.at("subject") == "edge");
    CHECK(entry.at("message") == "why");
    CHECK(entry.at("before").at(row.key) == before.at(row.key));
    CHECK(entry.at("after").at(row.key) == expected.at(row.key));
    CHECK(world.run("store check").code == 0);
}

TEST_CASE("the XMPP domains are the SIP domains until they are set, and again when that is cleared") {
    WithWorkedExample world;
    const auto effective = [&] { return edge_of(world).at("effective_xmpp_domains"); };
    world.must("edge set --add-sip-domain third.example");
    CHECK(effective() == Json::parse(R"(["contoso.com", "fabrikam.com", "third.example"])"));
    world.must("edge set --xmpp-domain im.example");
    world.must("edge set --add-sip-domain fourth.example");
    CHECK(effective() == Json::parse(R"(["im.example"])"));
    world.must("edge set --no-xmpp-domains");
    CHECK(effective() == Json::array());
    CHECK(edge_of(world).at("xmpp_domains") == Json::array());
    CHECK_THAT(world.must("edge show").out, Contains("none: no XMPP proxy"));
    world.must("edge set --xmpp-domain ''");
    CHECK(edge_of(world).at("xmpp_domains").is_null());
    CHECK(effective().size() == 4);
}

TEST_CASE("what contradicts itself in an edge is wrong, and nothing is committed") {
    struct Row {
        const char* options;
        const char* message;
    };
    const auto row = GENERATE(values<Row>({
        {"", "no field is named"},
        {"-m why", "no field is named"},
        {"--sip-domain a.example --add-sip-domain b.example",
         "--sip-domain replaces the whole list, so it excludes --add-sip-domain"},
        {"--sip-domain '' --remove-sip-domain contoso.com", "--sip-domain replaces the whole list"},
        {"--xmpp-domain a.example --add-xmpp-domain b.example",
         "--xmpp-domain replaces the whole list, so it excludes --add-xmpp-domain"},
        {"--xmpp-domain a.example --remove-xmpp-domain b.example", "--xmpp-domain replaces the whole list"},
        {"--no-xmpp-domains --add-xmpp-domain b.example", "--no-xmpp-domains leaves no list"},
        {"--no-xmpp-domains --remove-xmpp-domain b.example", "--no-xmpp-domains leaves no list"},
        {"--no-xmpp-domains --xmpp-domain b.example", "--no-xmpp-domains"},
        {"--add-sip-domain a.example --remove-sip-domain A.Example.", "both added and removed"},
        {"--add-xmpp-domain a.example --remove-xmpp-domain A.Example.", "both added and removed"},
        {"--access-edge a.example --access-edge b.example", "more than once"},
        {"--city A --city B", "more than once"},
    }));
    INFO(row.options);
    WithWorkedExample world;
    const auto before = state_of(world);
    const auto result = world.run(fmt::format("edge set {}", row.options));
    CHECK(result.code == 2);
    CHECK_THAT(result.err, Contains(row.message));
    CHECK(world.run(fmt::format("edge set {} --store none.db", row.options)).code == 2);
    CHECK(state_of(world) == before);
    CHECK(world.directory.names() == std::vector<std::string>{"store.db"});
}

TEST_CASE("the rules judge an edge before it is committed") {
    struct Row {
        std::string options;
        const char* rule;
        const char* field;
    };
    const auto row = GENERATE(values<Row>({
        {"--access-edge a..b", "domain-invalid", "access_edge"},
        {"--access-edge 192.0.2.1", "domain-invalid", "access_edge"},
        {"--access-edge '*.contoso.com'", "domain-invalid", "access_edge"},
        {"--web-conferencing a_b.example", "domain-invalid", "web_conferencing"},
        {"--sip-domain u@a.example", "domain-invalid", "sip_domains"},
        {"--add-sip-domain a..b", "domain-invalid", "sip_domains"},
        {"--xmpp-domain a.example:5269", "domain-invalid", "xmpp_domains"},
        {"--add-xmpp-domain -a.example", "domain-invalid", "xmpp_domains"},
        {"--sip-domain a.example,A.example.", "domain-duplicate", "sip_domains"},
        {"--xmpp-domain bücher.example,xn--bcher-kva.example", "domain-duplicate", "xmpp_domains"},
        {"--country USA", "subject-invalid", "country"},
        {"--country xx", "subject-invalid", "country"},
        {"--country UK", "subject-invalid", "country"},
        {"--country U", "subject-invalid", "country"},
        {"--organization " + std::string(65, 'x'), "subject-invalid", "organization"},
        {"--organizational-unit " + std::string(65, 'x'), "subject-invalid", "organizational_unit"},
        {"--city " + std::string(129, 'x'), "subject-invalid", "city"},
        {"--state " + std::string(129, 'x'), "subject-invalid", "state"},
        {"--city 'a\nb'", "subject-invalid", "city"},
        {"--organization \xff", "subject-invalid", "organization"},
    }));
    INFO(row.options);
    WithWorkedExample world;
    const auto before = state_of(world);
    const auto result = world.run(fmt::format("edge set {} -o json", row.options));
    CHECK(result.code == 3);
    const auto diagnostics = result.json().at("diagnostics");
    REQUIRE(!diagnostics.empty());
    CHECK(diagnostics.at(0).at("rule") == row.rule);
    CHECK(diagnostics.at(0).at("field") == row.field);
    CHECK(world.run(fmt::format("edge set {} --dry-run", row.options)).code == 3);
    CHECK(state_of(world) == before);
}

TEST_CASE("the limits of an edge's subject are characters, and what is at them is accepted") {
    WithWorkedExample world;
    std::string of_64;
    for (int i = 0; i < 64; ++i) {
        of_64 += "ö";
    }
    world.must(
        fmt::format("edge set --organization {0} --organizational-unit {0} --city {0}{0} --state {0}{0}", of_64));
    CHECK(edge_of(world).at("city") == of_64 + of_64);
}

TEST_CASE("a domain that is ours and a partner's is warned of, whoever comes second") {
    SECTION("the edge") {
        TestWorld world;
        world.must("partner new --primary contoso.com --additional im.example");
        const auto result = world.must(worked_example);
        CHECK_THAT(result.err,
                   Contains("warning: contoso.com: domain 'contoso.com' is ours") && Contains("[domain-own]"));
        CHECK_THAT(world.must("edge set --xmpp-domain im.example").err, Contains("'im.example' is ours"));
        const auto diagnostics = world.must("edge show -o json").json().at("diagnostics");
        REQUIRE(diagnostics.size() == 2);
        CHECK(diagnostics.at(0).at("field") == "sip_domains");
        CHECK(diagnostics.at(0).at("partner") == "contoso.com");
        CHECK(diagnostics.at(1).at("field") == "xmpp_domains");
        CHECK(world.run("edge set --city Bern --strict").code == 3);
    }
    SECTION("the partner") {
        WithWorkedExample world;
        CHECK_THAT(world.must("partner new --primary contoso.com").err, Contains("[domain-own]"));
        CHECK_THAT(world.must("partner new --primary x.example --additional fabrikam.com").err,
                   Contains("[domain-own]"));
        CHECK_THAT(world.must("partner new --primary y.example").err, !Contains("[domain-own]"));
        const auto before = world.state();
        CHECK(world.run("partner edit y.example --add-domain contoso.com --strict").code != 0);
        CHECK(world.state() == before);
    }
}

TEST_CASE("an edit of the edge that changes nothing leaves no trace") {
    struct Row {
        const char* options;
        const char* note;
    };
    const auto row = GENERATE(values<Row>({
        {"--access-edge SIP.contoso.com.", "nothing changed"},
        {"--country us", "nothing changed"},
        {"--add-sip-domain Contoso.com", "'contoso.com' is in the list already"},
        {"--remove-sip-domain other.example", "'other.example' is not in the list"},
    }));
    INFO(row.options);
    WithWorkedExample world;
    const auto before = state_of(world);
    const auto result = world.must(fmt::format("edge set {}", row.options));
    CHECK_THAT(result.err, Contains(row.note) && Contains("nothing changed"));
    CHECK(state_of(world) == before);
    CHECK(world.must(fmt::format("edge set {} -q", row.options)).err.empty());
}

TEST_CASE("a dry edit of the edge says what would be, and touches nothing") {
    WithWorkedExample world;
    const auto before = xmppfed::test::read_file(world.store());
    const auto document = world.must("edge set --city Bern --dry-run -o json").json();
    CHECK(document.at("dry_run") == true);
    CHECK(document.at("kind") == "edge");
    CHECK(document.at("edge").at("city") == "Bern");
    CHECK(xmppfed::test::read_file(world.store()) == before);
    TestWorld empty;
    empty.must("edge set --city Bern --dry-run");
    CHECK(empty.directory.names().empty());
}

TEST_CASE("setting an edge prints it as it now is") {
    WithWorkedExample world;
    const auto document = world.must("edge set --city Bern -o json").json();
    CHECK(document.at("edge") == edge_of(world));
    const auto printed = world.must("edge set --city Genf").out;
    CHECK(printed == world.must("edge show").out);
    CHECK(world.must("edge set --city Basel -q").out.empty());
    CHECK(world.run("edge set --city Bern -o csv").code == 2);
    CHECK(world.run("edge show -o jsonl").code == 2);
}

TEST_CASE("history of a partner leaves the edge out") {
    WithWorkedExample world;
    world.must("partner new --primary a.example");
    world.must("edge set --city Bern");
    CHECK(world.must("history -o json").json().at("entries").size() == 3);
    CHECK(world.must("history --partner a.example -o json").json().at("entries").size() == 1);
}

TEST_CASE("dns records need an edge, and numbers that fit") {
    TestWorld world;
    const auto incomplete = world.run("dns records");
    CHECK(incomplete.code == 3);
    CHECK_THAT(incomplete.err, Contains("[edge-incomplete]"));
    CHECK(world.directory.names().empty());
    world.must(worked_example);
    for (const auto* option : {"--ttl=-1", "--ttl=2147483648", "--priority=-1", "--priority=65536", "--weight=-1",
                               "--weight=65536", "--port=0", "--port=65536"}) {
        INFO(option);
        const auto result = world.run(fmt::format("dns records {}", option));
        CHECK(result.code == 3);
        CHECK_THAT(result.err, Contains("[value-out-of-range]"));
    }
    world.must("dns records --ttl 0 --priority 65535 --weight 65535 --port 65535");
    CHECK(world.must("dns records --ttl 2147483647 --port 1").out ==
          "_xmpp-server._tcp.contoso.com. 2147483647 IN SRV 0 0 1 sip.contoso.com.\n"
          "_xmpp-server._tcp.fabrikam.com. 2147483647 IN SRV 0 0 1 sip.contoso.com.\n");
    CHECK(world.run("dns records --port five").code == 2);
    CHECK(world.run("dns records --format bind").code == 2);
    world.must("edge set --access-edge ''");
    CHECK(world.run("dns records").code == 3);
}

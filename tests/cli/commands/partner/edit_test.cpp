#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using core::Json;
using test::TestWorld;

namespace {

/// A partner with two additional domains, and another one.
struct Edited : TestWorld {
    Edited() {
        must(
            "partner new --primary a.example --additional x.a.example,y.a.example --description text --type federated "
            "--proxy-fqdn proxy.example --connection-limit 7");
        must("partner new --primary other.example --additional more.other.example");
        now += std::chrono::minutes{1};
    }
};

}  // namespace

TEST_CASE("an edit changes the field named, and nothing else") {
    struct Row {
        const char* option;
        const char* key;
        const char* value;  ///< JSON
    };
    const auto row = GENERATE(values<Row>({
        {"--description 'other text'", "description", R"("other text")"},
        {"--description ''", "description", R"("")"},
        {"--description=", "description", R"("")"},
        {"--additional z.a.example", "additional_domains", R"(["z.a.example"])"},
        {"--additional z.a.example,b.a.example", "additional_domains", R"(["b.a.example", "z.a.example"])"},
        {"--additional ''", "additional_domains", "[]"},
        {"--add-domain b.a.example", "additional_domains", R"(["b.a.example", "x.a.example", "y.a.example"])"},
        {"--add-domain b.a.example,c.a.example --add-domain d.a.example", "additional_domains",
         R"(["b.a.example", "c.a.example", "d.a.example", "x.a.example", "y.a.example"])"},
        {"--remove-domain X.A.example.", "additional_domains", R"(["y.a.example"])"},
        {"--remove-domain x.a.example --remove-domain y.a.example", "additional_domains", "[]"},
        {"--remove-domain x.a.example --add-domain z.a.example", "additional_domains",
         R"(["y.a.example", "z.a.example"])"},
        {"--type public-unverified", "type", R"("public-unverified")"},
        {"--sasl optional", "sasl", R"("optional")"},
        {"--tls optional", "tls", R"("optional")"},
        {"--dialback true", "dialback", "true"},
        {"--proxy-fqdn other.example", "proxy_fqdn", R"("other.example")"},
        {"--proxy-fqdn ''", "proxy_fqdn", "null"},
        {"--connection-limit 8", "connection_limit", "8"},
        {"--connection-limit=", "connection_limit", "null"},
        {"--keepalive false", "keepalive", "false"},
        {"--enabled false", "enabled", "false"},
    }));
    INFO(row.option);
    Edited world;
    auto expected = world.partner("a.example");
    world.must(fmt::format("partner edit a.example {}", row.option));
    auto actual = world.partner("a.example");
    expected[row.key] = Json::parse(row.value);
    expected["revision"] = 2;
    expected["updated_at"] = "2026-03-15T09:31:00Z";
    expected.erase("methods");
    actual.erase("methods");
    CHECK(actual == expected);
    const auto entry = world.must("history --limit 1 -o json").json().at("entries").at(0);
    CHECK(entry.at("action") == "partner.update");
    CHECK(entry.at("after") == expected);
    CHECK(entry.at("before").at("revision") == 1);
    CHECK(world.run("store check").code == 0);
}

TEST_CASE("an edit prints the partner as it now is") {
    Edited world;
    const auto document = world.must("partner edit a.example --preset flexible -o json").json();
    CHECK(document.at("kind") == "partner");
    CHECK(document.at("partner") == world.partner("a.example"));
    CHECK(document.at("partner").at("methods") == Json::parse(R"(["sasl-over-tls", "tls-dialback"])"));
}

TEST_CASE("edits that contradict themselves are wrong, whether there is a store or not") {
    struct Row {
        const char* options;
        const char* message;
    };
    const auto row = GENERATE(values<Row>({
        {"", "no field is named"},
        {"--if-revision 1", "no field is named"},
        {"-m why --strict --dry-run", "no field is named"},
        {"--additional z.a.example --add-domain q.a.example", "--additional replaces the whole set"},
        {"--additional '' --remove-domain x.a.example", "--additional replaces the whole set"},
        {"--add-domain q.a.example --remove-domain Q.a.example.", "'q.a.example' is both added and removed"},
        {"--add-domain a.example,x.a.example --remove-domain y.a.example,x.a.example", "is both added and removed"},
        {"--tls required --tls optional", "--tls is given more than once"},
        {"--primary b.example --primary c.example", "--primary is given more than once"},
    }));
    INFO(row.options);
    Edited world;
    const auto before = world.state();
    for (const auto* domain : {"a.example", "nobody.example", "a..b"}) {
        const auto result = world.run(fmt::format("partner edit {} {}", domain, row.options));
        CHECK(result.code == 2);
        CHECK_THAT(result.err, Contains(row.message));
    }
    CHECK(world.run(fmt::format("partner edit a.example --store none.db {}", row.options)).code == 2);
    CHECK(world.state() == before);
}

TEST_CASE("what has no effect is noted, and a change that changes nothing leaves no trace") {
    struct Row {
        const char* options;
        const char* note;
    };
    const auto row = GENERATE(values<Row>({
        {"--add-domain X.a.example", "'x.a.example' is an additional domain already"},
        {"--remove-domain nothere.a.example", "'nothere.a.example' is not an additional domain"},
        {"--tls required --sasl required", "nothing changed"},
        {"--preset strict", "nothing changed"},
        {"--primary A.example.", "nothing changed"},
        {"--additional y.a.example,x.a.example", "nothing changed"},
        {"--description text --connection-limit 7 -m again", "nothing changed"},
    }));
    INFO(row.options);
    Edited world;
    const auto before = world.state();
    const auto result = world.run(fmt::format("partner edit a.example {} -o json", row.options));
    CHECK(result.code == 0);
    CHECK_THAT(result.err, Contains(fmt::format("xmppfed: note: {}\n", row.note)));
    CHECK_THAT(result.err, Contains("xmppfed: note: nothing changed\n"));
    CHECK(result.json().at("partner").at("revision") == 1);
    CHECK(world.state() == before);
    CHECK(world.must(fmt::format("partner edit a.example {} -q", row.options)).err.empty());
}

TEST_CASE("a domain that is there already does not stop the rest of an edit") {
    Edited world;
    const auto result = world.must("partner edit a.example --add-domain x.a.example,n.a.example -o json");
    CHECK_THAT(result.err, Contains("'x.a.example' is an additional domain already"));
    CHECK(result.json().at("partner").at("additional_domains").size() == 3);
    CHECK(result.json().at("partner").at("revision") == 2);
}

TEST_CASE("option --primary renames") {
    Edited world;
    auto expected = world.partner("a.example");
    world.must("partner edit a.example --primary X.A.example --remove-domain x.a.example --add-domain a.example");
    expected["primary_domain"] = "x.a.example";
    expected["additional_domains"] = Json::parse(R"(["a.example", "y.a.example"])");
    expected["revision"] = 2;
    expected["updated_at"] = "2026-03-15T09:31:00Z";
    CHECK(world.partner("x.a.example") == expected);
    CHECK(world.partner("a.example") == expected);  // claimed as an additional one
    const auto entry = world.must("history --limit 1 -o json").json().at("entries").at(0);
    CHECK(entry.at("action") == "partner.rename");
    CHECK(entry.at("before").at("primary_domain") == "a.example");
    CHECK(entry.at("after").at("primary_domain") == "x.a.example");
    CHECK(world.run("store check").code == 0);
    CHECK(world.must("partner list -o jsonl").out.find("\"primary_domain\":\"a.example\"") == std::string::npos);

    world.must("partner edit x.a.example --primary fresh.example");
    world.must("partner new --primary x.a.example");  // the former name is free
    CHECK(world.run("store check").code == 0);
}

TEST_CASE("a rename to a domain of another partner or of the set is refused") {
    Edited world;
    const auto before = world.state();
    CHECK(world.run("partner edit a.example --primary other.example").code == 5);
    CHECK(world.run("partner edit a.example --primary more.other.example").code == 5);
    CHECK(world.run("partner edit a.example --add-domain more.other.example").code == 5);
    const auto own = world.run("partner edit a.example --primary x.a.example");
    CHECK(own.code == 3);
    CHECK_THAT(own.err, Contains("[domain-duplicate]"));
    CHECK(world.state() == before);
}

TEST_CASE("option --if-revision refuses when somebody has committed since") {
    Edited world;
    CHECK(world.run("partner edit a.example --keepalive false --if-revision 1").code == 0);
    const auto before = world.state();
    for (const auto* revision : {"1", "3", "0", "-1", "99999999999999999999"}) {
        const auto result =
            world.run(fmt::format("partner edit a.example --keepalive true --if-revision {}", revision));
        CHECK(result.code == 5);
        CHECK_THAT(result.err, Contains("the partner a.example is at revision 2, not ") && Contains("--if-revision 2"));
    }
    CHECK(world.run("partner edit a.example --keepalive false --if-revision 1").code == 5);  // even when it fits
    CHECK(world.state() == before);
    CHECK(world.run("partner edit a.example --keepalive true --if-revision 2").code == 0);
}

TEST_CASE("only a primary domain names a partner to edit") {
    Edited world;
    const auto additional = world.run("partner edit x.a.example --keepalive false -o json");
    CHECK(additional.code == 4);
    CHECK_THAT(additional.json().at("error").at("hint").get<std::string>(), Contains("the partner a.example"));
    CHECK(world.run("partner edit nobody.example --keepalive false").code == 4);
    CHECK(world.run("partner edit nobody.example --keepalive false --store none.db").code == 4);
    CHECK(world.run("partner edit a..b --keepalive false").code == 3);
    CHECK(world.run("partner edit A.Example. --keepalive false").code == 0);
    CHECK(world.directory.names() == std::vector<std::string>{"store.db"});
}

TEST_CASE("the rules judge what an edit makes of a partner") {
    Edited world;
    world.must("partner edit a.example --sasl optional --dialback true");
    const auto before = world.state();
    struct Row {
        const char* options;
        const char* rule;
    };
    for (const auto& [options, rule] : std::vector<Row>{
             {"--tls not-supported", "sasl-requires-tls"},
             {"--sasl required --tls not-supported", "sasl-requires-tls"},
             {"--sasl not-supported --dialback false", "no-authentication-method"},
             {"--preset dialback --dialback false", "no-authentication-method"},
             {"--add-domain a.example", "domain-duplicate"},
             {"--add-domain a..b", "domain-invalid"},
             {"--add-domain ''", "domain-invalid"},
             {"--add-domain '' --tls optional", "domain-invalid"},
             {"--primary ''", "domain-invalid"},
             {"--description \x7f", "description-invalid"},
             {"--connection-limit 0", "value-out-of-range"},
         }) {
        INFO(options);
        const auto result = world.run(fmt::format("partner edit a.example {}", options));
        CHECK(result.code == 3);
        CHECK_THAT(result.err, Contains(fmt::format("[{}]", rule)));
    }
    CHECK(world.run("partner edit a.example --tls optional --strict").code == 3);
    CHECK(world.state() == before);
}

TEST_CASE("a dry edit touches nothing") {
    Edited world;
    const auto before = test::read_file(world.store());
    const auto document = world.must("partner edit a.example --keepalive false --dry-run -o json").json();
    CHECK(document.at("dry_run") == true);
    CHECK(document.at("partner").at("keepalive") == false);
    CHECK(document.at("partner").at("revision") == 2);
    const auto told = world.must("partner edit a.example --keepalive false --dry-run");
    CHECK_THAT(told.err, Contains("would change keepalive: true -> false"));
    CHECK_THAT(told.out, !Contains("true -> false"));  // it is told once
    CHECK(world.run("partner edit a.example --tls not-supported --dry-run").code == 3);
    CHECK(world.run("partner edit nobody.example --keepalive false --dry-run").code == 4);
    CHECK(world.run("partner edit nobody.example --keepalive false --dry-run --store none.db").code == 4);
    CHECK(test::read_file(world.store()) == before);
    CHECK(world.directory.names() == std::vector<std::string>{"store.db"});
}

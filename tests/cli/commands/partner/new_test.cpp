#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/files.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using core::Json;
using test::TestWorld;

TEST_CASE("a new partner has the defaults of least trust") {
    TestWorld world;
    const auto result = world.must("partner new --primary fabrikam.com -o json");
    const auto expected = Json::parse(R"({
        "format_version": "1.0", "kind": "partner",
        "partner": {
            "primary_domain": "fabrikam.com", "description": "", "additional_domains": [],
            "type": "public-unverified", "tls": "required", "sasl": "required", "dialback": false,
            "proxy_fqdn": null, "connection_limit": null, "keepalive": true, "accepted_warnings": [], "enabled": true,
            "revision": 1, "created_at": "2026-03-15T09:30:00Z", "updated_at": "2026-03-15T09:30:00Z",
            "methods": ["sasl-over-tls"]},
        "diagnostics": []})");
    CHECK(result.json() == expected);  // the order of the keys counts too
    CHECK(result.err ==
          "xmppfed: note: the partner type is public-unverified, the least trust; --type chooses another\n");
    CHECK(world.partner("fabrikam.com") == expected.at("partner"));
}

TEST_CASE("blanks around the commas of a list are ignored") {
    TestWorld world;
    world.must("partner new --primary a.example --additional 'x.a.example , y.a.example,\tz.a.example '");
    CHECK(world.partner("a.example").at("additional_domains") == Json{"x.a.example", "y.a.example", "z.a.example"});
    world.must(
        "partner edit a.example --add-domain 'v.a.example, w.a.example' --remove-domain 'x.a.example, y.a.example'");
    CHECK(world.partner("a.example").at("additional_domains") == Json{"v.a.example", "w.a.example", "z.a.example"});
    for (const auto* set : {"'b.a.example, ,c.a.example'", "' '", "'b.a.example c.a.example'"}) {
        CHECK(world.run(fmt::format("partner edit a.example --additional {}", set)).code == 3);
    }
    world.must("edge set --sip-domain 'contoso.com, fabrikam.com'");
    CHECK(world.must("edge show -o json").json().at("edge").at("sip_domains") == Json{"contoso.com", "fabrikam.com"});
}

TEST_CASE("every field of a new partner is set by its option") {
    TestWorld world;
    const auto result = world.run_words({"partner",
                                         "new",
                                         "--primary",
                                         "B\u00fccher.example.",
                                         "--description",
                                         "two\nlines",
                                         "--additional",
                                         "x.B\u00dcCHER.example,a.xn--bcher-kva.example",
                                         "--additional",
                                         "m.b\u00fccher\u3002example",
                                         "--type",
                                         "Public Verified",
                                         "--tls",
                                         "REQUIRED",
                                         "--sasl",
                                         "not_supported",
                                         "--dialback",
                                         "True",
                                         "--proxy-fqdn",
                                         "Proxy.Example",
                                         "--connection-limit",
                                         "4294967295",
                                         "--keepalive",
                                         "FALSE",
                                         "--accept",
                                         "domain-own, Dialback_Unused",
                                         "--enabled",
                                         "false",
                                         "-o",
                                         "json"});
    REQUIRE(result.code == 0);
    CHECK(result.err.empty());
    CHECK(result.json().at("partner") == Json::parse(R"({
        "primary_domain": "xn--bcher-kva.example", "description": "two\nlines",
        "additional_domains": ["a.xn--bcher-kva.example", "m.xn--bcher-kva.example", "x.xn--bcher-kva.example"],
        "type": "public-verified", "tls": "required", "sasl": "not-supported", "dialback": true,
        "proxy_fqdn": "proxy.example", "connection_limit": 4294967295, "keepalive": false,
        "accepted_warnings": ["dialback-unused", "domain-own"], "enabled": false,
        "revision": 1, "created_at": "2026-03-15T09:30:00Z", "updated_at": "2026-03-15T09:30:00Z",
        "methods": ["tls-dialback"]})"));
}

TEST_CASE("a preset sets three fields, and an option beside it wins") {
    struct Row {
        const char* options;
        const char* tls;
        const char* sasl;
        bool dialback;
    };
    const auto row = GENERATE(values<Row>({
        {"", "required", "required", false},
        {"--preset strict", "required", "required", false},
        {"--preset flexible", "required", "optional", true},
        {"--preset opportunistic", "optional", "optional", true},
        {"--preset dialback", "not-supported", "not-supported", true},
        {"--preset Flexible --dialback false", "required", "optional", false},
        {"--tls optional --preset flexible", "optional", "optional", true},
        {"--preset dialback --tls required --sasl required", "required", "required", true},
    }));
    INFO(row.options);
    TestWorld world;
    world.must(fmt::format("partner new --primary a.example {}", row.options));
    const auto partner = world.partner("a.example");
    CHECK(partner.at("tls") == row.tls);
    CHECK(partner.at("sasl") == row.sasl);
    CHECK(partner.at("dialback") == row.dialback);
    CHECK(partner.at("type") == "public-unverified");
}

TEST_CASE("what a rule of severity error refuses is not committed") {
    struct Row {
        const char* options;
        const char* rule;
        const char* field;
        int code;
    };
    const auto row = GENERATE(values<Row>({
        {"--primary a..b", "domain-invalid", "primary_domain", 3},
        {"--primary ''", "domain-invalid", "primary_domain", 3},
        {"--primary a.example --additional b_.example", "domain-invalid", "additional_domains", 3},
        {"--primary a.example --additional x.example,,y.example", "domain-invalid", "additional_domains", 3},
        {"--primary a.example --proxy-fqdn 192.0.2.1", "domain-invalid", "proxy_fqdn", 3},
        {"--primary a.example --additional A.example.", "domain-duplicate", "additional_domains", 3},
        {"--primary a.example --additional x.example,X.example", "domain-duplicate", "additional_domains", 3},
        {"--primary a.example --tls not-supported", "sasl-requires-tls", "sasl", 3},
        {"--primary a.example --tls not-supported --sasl optional --dialback true", "sasl-requires-tls", "sasl", 3},
        {"--primary a.example --sasl not-supported", "no-authentication-method", "sasl", 3},
        {"--primary a.example --description 'a\x1b[1m'", "description-invalid", "description", 3},
        {"--primary a.example --connection-limit 0", "value-out-of-range", "connection_limit", 3},
        {"--primary a.example --connection-limit -1", "value-out-of-range", "connection_limit", 3},
        {"--primary a.example --connection-limit 4294967296", "value-out-of-range", "connection_limit", 3},
        {"--primary a.example --connection-limit 99999999999999999999", "value-out-of-range", "connection_limit", 3},
        {"--primary there.example", "domain-claimed", "primary_domain", 5},
        {"--primary THERE.example.", "domain-claimed", "primary_domain", 5},
        {"--primary also.example", "domain-claimed", "primary_domain", 5},
        {"--primary a.example --additional there.example", "domain-claimed", "additional_domains", 5},
        {"--primary a.example --additional also.example", "domain-claimed", "additional_domains", 5},
        {"--primary there.example --sasl not-supported", "domain-claimed", "primary_domain", 3},
    }));
    INFO(row.options);
    TestWorld world;
    world.must("partner new --primary there.example --additional also.example");
    const auto before = world.state();
    const auto result = world.run(fmt::format("partner new {} -o json", row.options));
    CHECK(result.code == row.code);
    CHECK_THAT(result.err, Contains(fmt::format("[{}]", row.rule)));
    const auto document = result.json();
    CHECK(document.at("kind") == "error");
    CHECK(document.at("error").at("code") == (row.code == 5 ? "conflict" : "refused"));
    const auto& first = document.at("diagnostics").at(0);
    CHECK(first.at("rule") == row.rule);
    CHECK(first.at("severity") == "error");
    CHECK(first.at("field") == row.field);
    CHECK(world.state() == before);

    // The same without a store: none is made.
    if (row.code == 3) {
        CHECK(world.run(fmt::format("partner new {} --store none.db", row.options)).code == 3);
    }
    CHECK(world.run(fmt::format("partner new {} --dry-run", row.options)).code == row.code);
    CHECK(world.state() == before);
    CHECK(world.directory.names() == std::vector<std::string>{"store.db"});
}

TEST_CASE("every claimed domain is told, with who claims it") {
    TestWorld world;
    world.must("partner new --primary a.example --additional x.example");
    world.must("partner new --primary b.example --additional y.example");
    const auto result = world.run("partner new --primary c.example --additional x.example,y.example,a.example");
    CHECK(result.code == 5);
    CHECK_THAT(result.err,
               Contains("'x.example' is claimed by the partner 'a.example' [domain-claimed]") &&
                   Contains("'y.example' is claimed by the partner 'b.example' [domain-claimed]") &&
                   Contains("'a.example' is claimed by the partner 'a.example' [domain-claimed]") &&
                   Contains("hint: release it with `xmppfed partner edit a.example --remove-domain x.example`"));
}

TEST_CASE("warnings are printed and committed, and refuse with --strict") {
    struct Row {
        const char* options;
        const char* rule;
    };
    const auto row = GENERATE(values<Row>({
        {"--primary a.example --dialback true", "dialback-unused"},
        {"--primary a.example --tls optional", "sasl-with-optional-tls"},
        {"--primary a.example --additional b.example", "domain-outside-primary"},
        {"--primary localhost", "domain-single-label"},
        {"--primary co.uk", "domain-public-suffix"},
        {"--primary f\u0430brikam.com", "domain-mixed-script"},
        {"--primary a.example --type federated --preset dialback", "trust-exceeds-authentication"},
    }));
    INFO(row.options);
    TestWorld world;
    const auto strict = world.run(fmt::format("partner new {} --strict -o json", row.options));
    CHECK(strict.code == 3);
    CHECK(strict.json().at("kind") == "error");
    CHECK(strict.json().at("diagnostics").at(0).at("rule") == row.rule);
    CHECK(world.directory.names().empty());

    const auto result = world.run(fmt::format("partner new {}", row.options));
    CHECK(result.code == 0);
    CHECK_THAT(result.err, Contains("xmppfed: warning: ") && Contains(fmt::format("[{}]\n", row.rule)));
}

TEST_CASE("infos are in JSON alone when a partner is committed") {
    TestWorld world;
    const auto json = world.must("partner new --primary a.example --type public-verified -o json");
    CHECK(json.json().at("diagnostics").at(0).at("rule") == "type-not-recommended");
    CHECK(json.err.empty());
    const auto text = world.must("partner new --primary b.example --type public-verified --strict");
    CHECK_THAT(text.out + text.err, !Contains("type-not-recommended"));
}

TEST_CASE("option --quiet drops tables, notes and warnings, never JSON or errors") {
    TestWorld world;
    const auto table = world.must("partner new --primary a.example --dialback true -q");
    CHECK(table.out.empty());
    CHECK(table.err.empty());
    const auto json = world.must("partner new --primary b.example -q -o json");
    CHECK(json.json().at("kind") == "partner");
    CHECK(json.err.empty());
    CHECK_FALSE(world.must("partner new --primary c.example -q -o csv").out.empty());
    const auto error = world.run("partner new --primary a.example -q");
    CHECK(error.code == 5);
    CHECK_THAT(error.err, Contains("[domain-claimed]"));
}

TEST_CASE("a dry run says what would be committed, and commits nothing") {
    TestWorld world;
    const auto json = world.must("partner new --primary a.example --dry-run -o json");
    CHECK(json.json().at("dry_run") == true);
    CHECK(json.json().at("partner").at("revision") == 1);
    const auto text = world.must("partner new --primary a.example --dry-run");
    CHECK_THAT(text.out, Contains("a.example"));
    CHECK_THAT(text.err, Contains("xmppfed: note: dry run: nothing was committed\n"));
    CHECK(world.directory.names().empty());

    world.must("partner new --primary a.example");
    const auto before = test::read_file(world.store());
    world.must("partner new --primary b.example --dry-run");
    CHECK(world.run("partner new --primary a.example --dry-run").code == 5);
    CHECK(world.run("partner new --primary c.example --dialback true --strict --dry-run").code == 3);
    CHECK(test::read_file(world.store()) == before);
    CHECK_FALSE(world.must("partner new --primary b.example -o json").json().contains("dry_run"));
}

TEST_CASE("a commit is recorded with who, when and why") {
    TestWorld world;
    world.actor = "root (sudo by jane)";
    world.must("partner new --primary a.example -m first -m 'signed\n2026'");
    const auto entry = world.must("history -o json").json().at("entries").at(0);
    CHECK(entry.at("sequence") == 1);
    CHECK(entry.at("commit") == 1);
    CHECK(entry.at("at") == "2026-03-15T09:30:00Z");
    CHECK(entry.at("actor") == "root (sudo by jane)");
    CHECK(entry.at("message") == "signed\n2026");
    CHECK(entry.at("action") == "partner.create");
    CHECK(entry.at("subject") == "partner");
    CHECK(entry.at("before").is_null());
    auto shown = world.partner("a.example");
    shown.erase("methods");
    CHECK(entry.at("after") == shown);
}

TEST_CASE("a store is made private by the first commit") {
    TestWorld world;
    world.environment["XMPPFED_STORE"] = world.directory / "deep/er/store.db";
    world.must("partner new --primary a.example");
    CHECK(test::mode_of(world.directory / "deep/er/store.db") == 0600);
    CHECK(test::mode_of(world.directory / "deep/er") == 0700);
}

TEST_CASE("1,000 additional domains are accepted, one more is not") {
    TestWorld world;
    std::string domains = "d0.a.example";
    for (int i = 1; i < 1000; ++i) {
        domains += fmt::format(",d{}.a.example", i);
    }
    CHECK(world.run("partner new --primary a.example -q --additional " + domains).code == 0);
    const auto result = world.run("partner edit a.example -o json --additional one.a.example," + domains);
    CHECK(result.code == 3);
    CHECK(result.json().at("diagnostics").at(0).at("rule") == "value-out-of-range");
    CHECK(world.partner("a.example").at("revision") == 1);
}

TEST_CASE("a capital sharp s is never two letters: that would be somebody else's domain") {
    TestWorld world;
    const auto book = world.directory / "book.jsonl";
    test::write_file(book, "{\"primary_domain\":\"FA\u1e9e.de\"}\n");
    CHECK(world.run("partner validate --file " + book).code == 0);
    world.must("apply --file " + book);
    CHECK(world.partner("xn--fa-hia.de").at("primary_domain") == "xn--fa-hia.de");
    CHECK(world.run("partner show fass.de").code == 4);
    world.must("partner new --primary fass.de");
    CHECK(world.run("partner new --primary \u1e9e.fa\u00df.de --additional FA\u1e9e.de").code == 5);
    CHECK(world.must("partner list --match FA\u1e9e.* -o json").json().at("partners").size() == 1);
}

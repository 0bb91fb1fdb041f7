// The commands that read partners: list and show.

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using core::Json;
using test::TestWorld;

namespace {

/// Four partners that differ in everything a list can ask for.
struct Book : TestWorld {
    Book() {
        must("partner new --primary delta.example --type federated --description Zoo --connection-limit 5");
        now += std::chrono::hours{1};
        must("partner new --primary alpha.example --preset flexible --additional x.alpha.example,a.alpha.example");
        now += std::chrono::hours{1};
        must("partner new --primary charlie.example --preset dialback --enabled false --connection-limit 30");
        now += std::chrono::hours{1};
        must("partner new --primary b\u00fccher.example --type public-verified --tls optional --description apple");
        now += std::chrono::hours{1};
        must("partner edit charlie.example --description middle");
    }

    std::string names(const std::string& options) {
        std::string names;
        const auto document = must("partner list -o json " + options).json();
        for (const auto& partner : document.at("partners")) {
            names += partner.at("primary_domain").get<std::string>().substr(0, 2) + " ";
        }
        return names;
    }
};

}  // namespace

TEST_CASE("a list is filtered, sorted, then cut") {
    struct Row {
        const char* options;
        const char* names;  ///< the first two letters of each
    };
    const std::vector<Row> rows{
        {"", "al ch de xn "},
        // filters
        {"--match alpha.example", "al "},
        {"--match '*.alpha.example'", "al "},  // an additional domain
        {"--match '*.EXAMPLE'", "al ch de xn "},
        {"--match 'x*e'", "al xn "},  // `*` crosses dots
        {"--match '?elta.example'", "de "},
        {"--match alpha", ""},
        {"--match ''", ""},
        {"--match 'b\u00fccher.*'", "xn "},
        {"--match 'xn--*'", "xn "},
        {"--type federated", "de "},
        {"--type 'Public Unverified'", "al ch "},
        {"--tls optional", "xn "},
        {"--tls not-supported", "ch "},
        {"--sasl optional", "al "},
        {"--dialback true", "al ch "},
        {"--dialback FALSE", "de xn "},
        {"--dialback true --tls required", "al "},
        {"--type federated --tls optional", ""},
        // order
        {"--sort primary_domain", "al ch de xn "},
        {"--sort -primary_domain", "xn de ch al "},
        {"--sort Primary-Domain", "al ch de xn "},
        {"--sort description", "al de xn ch "},  // by bytes
        {"--sort -description", "ch xn de al "},
        {"--sort created_at", "de al ch xn "},
        {"--sort -updated_at", "ch xn al de "},
        {"--sort revision", "al de xn ch "},
        {"--sort connection_limit", "al xn de ch "},  // not set comes first
        {"--sort=-connection_limit", "ch de al xn "},
        {"--sort additional_domains", "ch de xn al "},
        {"--sort dialback", "de xn al ch "},
        {"--sort enabled", "ch al de xn "},
        {"--sort type", "de al ch xn "},
        // limit
        {"--limit 2", "al ch "},
        {"--limit 0", ""},
        {"--limit 9", "al ch de xn "},
        {"--limit 99999999999999999999", "al ch de xn "},
        {"--sort -created_at --limit 1", "xn "},
        {"--dialback true --sort -primary_domain --limit 1", "ch "},
        {"--dialback false --limit 1", "de "},
    };
    Book world;
    for (const auto& [options, names] : rows) {
        INFO(options);
        CHECK(world.names(options) == names);
    }
}

TEST_CASE("a list comes in every format") {
    Book world;
    const auto document = world.must("partner list -o json").json();
    CHECK(document.at("format_version") == "1.0");
    CHECK(document.at("kind") == "partner-list");
    REQUIRE(document.at("partners").size() == 4);
    CHECK(document.at("partners").at(0) == world.partner("alpha.example"));

    const auto lines = world.must("partner list -o jsonl --limit 2").out;
    CHECK(lines == world.partner("alpha.example").dump() + "\n" + world.partner("charlie.example").dump() + "\n");

    CHECK(world.must("partner list -o csv --sort created_at --limit 2").out ==
          "primary_domain,description,additional_domains,type,tls,sasl,dialback,proxy_fqdn,connection_limit,keepalive,"
          "accepted_warnings,enabled,revision,created_at,updated_at\r\n"
          "delta.example,Zoo,,federated,required,required,false,,5,true,,true,1,2026-03-15T09:30:00Z,"
          "2026-03-15T09:30:00Z\r\n"
          "alpha.example,,a.alpha.example x.alpha.example,public-unverified,required,optional,true,,,true,,true,1,"
          "2026-03-15T10:30:00Z,2026-03-15T10:30:00Z\r\n");

    CHECK(world.must("partner list --limit 2").out ==
          "PARTNER          TYPE               TLS            SASL           DIALBACK  STATE      ADDITIONAL DOMAINS"
          "               DESCRIPTION\n"
          "alpha.example    public-unverified  required       optional       true                 a.alpha.example "
          "x.alpha.example\n"
          "charlie.example  public-unverified  not-supported  not-supported  true      suspended"
          "                                   middle\n");
}

TEST_CASE("an empty list is a list") {
    TestWorld world;
    const auto table = world.must("partner list");
    CHECK(table.out.empty());
    CHECK(table.err == "xmppfed: note: no partner is to be shown\n");
    CHECK(world.must("partner list -q").err.empty());
    CHECK(world.must("partner list -o json").json().at("partners") == Json::array());
    CHECK(world.must("partner list -o jsonl").out.empty());
    CHECK_THAT(world.must("partner list -o csv").out, Catch::Matchers::StartsWith("primary_domain,"));
    CHECK(world.directory.names().empty());  // a reader makes no store
}

TEST_CASE("any claimed domain shows its partner") {
    Book world;
    for (const auto* domain : {"alpha.example", "x.alpha.example", "A.Alpha.Example."}) {
        const auto document = world.must(fmt::format("partner show {} -o json", domain)).json();
        CHECK(document.at("kind") == "partner");
        CHECK(document.at("partner").at("primary_domain") == "alpha.example");
    }
    CHECK(world.run("partner show nobody.example").code == 4);
    CHECK(world.run("partner show alpha").code == 4);
    CHECK(world.run("partner show a..b").code == 3);
    CHECK(world.run("partner show x.example --store none.db").code == 4);
}

TEST_CASE("show tells everything about a partner") {
    Book world;
    const auto text = world.must("partner show b\u00fccher.example").out;
    CHECK_THAT(text, Contains("xn--bcher-kva.example (b\u00fccher.example)\n") && Contains("sasl-over-tls") &&
                         Contains("apple") && Contains("2026-03-15T12:30:00Z") && Contains("The partner's users may"));
    CHECK_THAT(text, Contains("warning: ") && Contains("[sasl-with-optional-tls]"));
    CHECK_THAT(text, Contains("info: ") && Contains("[type-not-recommended]"));
    const auto json = world.must("partner show b\u00fccher.example -o json").json();
    REQUIRE(json.at("diagnostics").size() == 2);
    CHECK(json.at("diagnostics").at(0) == Json::parse(R"({
        "rule": "sasl-with-optional-tls", "severity": "warning", "partner": "xn--bcher-kva.example", "field": "tls",
        "message": "SASL is required but TLS only optional: negotiation may fail",
        "hint": "use `--tls required`, or `--sasl not-supported --dialback true`", "file": null, "line": null, "column": null})"));
}

TEST_CASE("show says what each partner type allows") {
    struct Row {
        const char* type;
        const char* presence;
        const char* messages;
        const char* notes;
    };
    TestWorld world;
    for (const auto& [type, presence, messages, notes] : std::vector<Row>{
             {"federated", "yes", "yes", "yes"},
             {"public-verified", "yes", "yes", "no"},
             {"public-unverified", "no: our user must have added them first", "no", "no"},
         }) {
        world.must(fmt::format("partner new --primary {0}.example --type {0}", type));
        const auto text = world.must(fmt::format("partner show {}.example", type)).out;
        CHECK_THAT(text, Contains(fmt::format("presence without being authorised by them: {}\n", presence)));
        CHECK_THAT(text, Contains(fmt::format("who have not added them: {}\n", messages)));
        CHECK_THAT(text, Contains(fmt::format("see status notes: {}\n", notes)));
    }
}

TEST_CASE("stored text reaches no terminal unescaped, and JSON stays true to it") {
    TestWorld world;
    world.must("partner new --primary a.example");
    // The rules refuse such a description; somebody wrote it past them.
    test::force_sql(world.store(),
                    "UPDATE partner SET description = 'x' || char(27) || '[2J' || char(0x202e) || char(0x2028) || "
                    "char(0x9b) || 'y', created_at = char(27) || 'z'");
    test::force_sql(world.store(), "UPDATE history SET actor = char(27) || 'q', message = char(0x202e)");
    for (const auto* command : {"partner list", "partner show a.example", "partner validate", "history", "store check",
                                "store info", "partner remove a.example --dry-run"}) {
        for (const auto* format : {"table", "json"}) {
            const auto result = world.run(fmt::format("{} -o {}", command, format));
            INFO(command << " " << format << "\n" << result.err);
            const auto text = result.out + result.err;
            CHECK_THAT(text, !Contains("\x1b") && !Contains("\u202e") && !Contains("\u2028") && !Contains("\u009b"));
        }
    }
    CHECK(world.partner("a.example").at("description") == "x\x1b[2J\u202e\u2028\u009by");
    CHECK_THAT(world.must("partner list").out, Contains(R"(x\x1b[2J\u{202e}\u{2028}\u{009b}y)"));
}

TEST_CASE("a name of the past leads to the partner that had it") {
    TestWorld world;
    world.must("partner new --primary a.example");
    world.must("partner edit a.example --primary b.example");
    world.must("partner edit b.example --primary c.example");
    const auto hint_for = [&](const std::string& line) {
        const auto result = world.run(line);
        INFO(line << "\n" << result.err);
        CHECK(result.code == 4);
        return result.err.substr(result.err.find("hint: ") + 6);
    };
    for (const auto* name : {"a.example", "b.example"}) {
        for (const std::string line : {"partner show {}", "partner edit {} --tls optional", "partner remove {} --yes",
                                       "partner validate {}", "partner revert {} --to 1"}) {
            CHECK(hint_for(fmt::format(fmt::runtime(line), name)) == "it was renamed to c.example: name that one\n");
        }
    }
    CHECK(hint_for("partner show never.example") == "`xmppfed partner list` shows all partners\n");

    world.must("partner new --primary d.example --additional a.example");  // the claim of today goes first
    CHECK(world.must("partner show a.example -o json").json().at("partner").at("primary_domain") == "d.example");
    CHECK_THAT(hint_for("partner edit a.example --tls optional"),
               Contains("additional domain of the partner d.example"));
    world.must("partner remove d.example --yes");

    world.must("partner remove c.example --yes");
    const std::string removed =
        "removed at 2026-03-15T09:30:00Z: `xmppfed partner revert c.example --to 3` brings it back\n";
    CHECK(hint_for("partner show c.example") == "it was " + removed);
    CHECK(hint_for("partner show a.example") == "it was renamed to c.example and " + removed);
    world.must("partner revert c.example --to 3");
    CHECK(hint_for("partner show a.example") == "it was renamed to c.example: name that one\n");
}

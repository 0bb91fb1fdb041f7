#include <algorithm>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using Catch::Matchers::Contains;
using xmppfed::core::Json;
using xmppfed::test::Result;
using xmppfed::test::TestWorld;

namespace {

/// A world whose edge is the worked example.
struct WithEdge : TestWorld {
    WithEdge() {
        must(
            "edge set --access-edge sip.contoso.com --web-conferencing webcon.contoso.com --sip-domain "
            "contoso.com,fabrikam.com --organization Contoso --country US");
        now += std::chrono::minutes{1};
    }

    /// A request with a key that is quickly made.
    Result request(std::string_view options) { return run(fmt::format("cert request --curve P-256 {}", options)); }

    /// What a request would be, as JSON.
    Json planned(std::string_view options) {
        return must(fmt::format("cert request --dry-run -o json {}", options)).json();
    }
};

std::vector<std::string> names_of(const Json& document) {
    std::vector<std::string> names;
    for (const auto& name : document.at("request").at("names")) {
        names.push_back(name.at("value"));
    }
    return names;
}

/// The rules of a document's diagnostics.
std::vector<std::string> rules_of(const Json& document) {
    std::vector<std::string> rules;
    for (const auto& diagnostic : document.at("diagnostics")) {
        rules.push_back(diagnostic.at("rule"));
    }
    return rules;
}

bool has(const std::vector<std::string>& list, const std::string& item) {
    return std::ranges::count(list, item) > 0;
}

}  // namespace

TEST_CASE("a request is recorded with its history") {
    WithEdge world;
    const auto document = world.request("-m 'for the new edge' -o json").json();
    CHECK(document.at("kind") == "cert-request");
    const auto request = document.at("request");
    CHECK(request.at("number") == 1);
    CHECK(request.at("state") == "pending");
    CHECK(request.at("subject") == Json::parse(R"({"C": "US", "O": "Contoso", "CN": "sip.contoso.com"})"));
    CHECK(request.at("key") == Json::parse(R"({"algorithm": "ec", "curve": "P-256"})"));
    CHECK(request.at("friendly_name") == "Edge external sip.contoso.com");
    CHECK(request.at("template").is_null());
    CHECK(request.at("exportable") == true);
    CHECK(request.at("created_at") == "2026-03-15T09:31:00Z");
    CHECK(request.at("csr_file") == world.directory / "sip.contoso.com.csr");
    CHECK(request.at("key_file") == world.directory / "sip.contoso.com.key");
    CHECK(request.at("csr") == xmppfed::test::read_file(world.directory / "sip.contoso.com.csr"));
    CHECK(xmppfed::test::mode_of(world.directory / "sip.contoso.com.key") == 0600);

    const auto entry = world.must("history --limit 1 -o json").json().at("entries").at(0);
    CHECK(entry.at("action") == "cert.request");
    CHECK(entry.at("message") == "for the new edge");
    CHECK(entry.at("before").is_null());
    CHECK(entry.at("after").at("number") == 1);
    CHECK(world.must("cert show 1 -o json").json().at("request") == request);
    CHECK(world.run("store check").code == 0);
}

TEST_CASE("requests are listed by number, and shown") {
    WithEdge world;
    CHECK_THAT(world.must("cert list").err, Contains("there are no certificate requests"));
    REQUIRE(world.request("-q").code == 0);
    REQUIRE(world
                .request("-q --out b.csr --key-out b.key --friendly-name '=second' --exportable false "
                         "--template XmppEdge")
                .code == 0);
    const auto document = world.must("cert list -o json").json();
    CHECK(document.at("kind") == "cert-request-list");
    REQUIRE(document.at("requests").size() == 2);
    CHECK(document.at("requests").at(0).at("number") == 1);
    CHECK(document.at("requests").at(1) == world.must("cert show 2 -o json").json().at("request"));
    CHECK(document.at("requests").at(1).at("exportable") == false);
    CHECK(document.at("requests").at(1).at("template") == "XmppEdge");
    CHECK_THAT(world.must("cert list").out, Contains("Edge external sip.contoso.com") && Contains("=second"));
    CHECK_THAT(world.must("cert list -o csv").out, Contains("'=second"));
    CHECK(std::ranges::count(world.must("cert list -o jsonl").out, '\n') == 2);
    const auto text = world.must("cert show 2").out;
    for (const auto* part : {"Certificate request 2, pending", "O = Contoso", "EC, P-256, not exportable", "XmppEdge",
                             "b.csr", "b.key", "Names (5)", "webcon.contoso.com"}) {
        CHECK_THAT(text, Contains(part));
    }
    CHECK(world.must("cert show 2 --pem").out == xmppfed::test::read_file(world.directory / "b.csr"));
    CHECK_THAT(text, !Contains("PRIVATE"));
}

TEST_CASE("a request that is not there is not found") {
    WithEdge world;
    for (const auto* number : {"1", "0", "-1", "9223372036854775807", "99999999999999999999"}) {
        INFO(number);
        CHECK(world.run_words({"cert", "show", "--", number}).code == 4);
    }
    const auto result = world.run("cert show 7 -o json");
    CHECK(result.json().at("error").at("code") == "not-found");
    for (const auto* number : {"x", "1x", ""}) {
        INFO(number);
        CHECK(world.run_words({"cert", "show", number}).code == 2);
    }
    CHECK(world.run("cert show").code == 2);
}

TEST_CASE("a request needs an Access Edge FQDN") {
    TestWorld world;
    const auto result = world.run("cert request");
    CHECK(result.code == 3);
    CHECK_THAT(result.err, Contains("[edge-incomplete]") && Contains("edge set --access-edge"));
    CHECK(world.run("cert request --dry-run").code == 3);
    CHECK(world.directory.names().empty());
    world.must("edge set --sip-domain contoso.com");
    CHECK(world.run("cert request").code == 3);
    CHECK(world.directory.names() == std::vector<std::string>{"store.db"});
}

TEST_CASE("SIP domains are chosen among the edge's") {
    struct Row {
        const char* options;
        std::vector<std::string> sip_names;
    };
    // sip.contoso.com is there as the Access Edge FQDN whatever is chosen
    const auto row = GENERATE(values<Row>({
        {"", {"sip.fabrikam.com"}},
        {"--all-sip-domains", {"sip.fabrikam.com"}},
        {"--no-sip-domains", {}},
        {"--sip-domain contoso.com", {}},
        {"--sip-domain Fabrikam.com.", {"sip.fabrikam.com"}},
        {"--sip-domain fabrikam.com,contoso.com --sip-domain fabrikam.com", {"sip.fabrikam.com"}},
    }));
    INFO(row.options);
    WithEdge world;
    std::vector<std::string> expected{"sip.contoso.com", "webcon.contoso.com"};
    expected.insert(expected.end(), row.sip_names.begin(), row.sip_names.end());
    expected.insert(expected.end(), {"contoso.com", "fabrikam.com"});
    CHECK(names_of(world.planned(row.options)) == expected);
}

TEST_CASE("options of a request that exclude each other or make no sense are wrong") {
    const auto* options = GENERATE(
        "--sip-domain other.example", "--sip-domain contoso.com --all-sip-domains",
        "--sip-domain contoso.com --no-sip-domains", "--all-sip-domains --no-sip-domains", "--key k --key-out l",
        "--key k --bits 2048", "--key k --curve P-256", "--bits 2048 --curve P-256", "--out same --key-out same",
        "--out=", "--key-out=", "--key=", "--key-out -", "--key -", "--out - -o json", "--bits 1024", "--curve P-192",
        "--hash md5", "--exportable yes", "--friendly-name ''", "--template ''", "--out a --out b",
        "--key-passphrase-fd x", "--key-passphrase-file f --key-passphrase-fd 0", "stray");
    INFO(options);
    WithEdge world;
    const auto before = world.state();
    CHECK(world.run(fmt::format("cert request {}", options)).code == 2);
    CHECK(world.state() == before);
    CHECK(world.directory.names() == std::vector<std::string>{"store.db"});
}

TEST_CASE("a wildcard is accepted with a warning, and a name that no public CA can verify too") {
    WithEdge world;
    const auto wildcard = world.planned("--san '*.contoso.com'");
    CHECK(names_of(wildcard).back() == "*.contoso.com");
    CHECK(has(rules_of(wildcard), "cert-wildcard-insufficient"));
    CHECK(!has(rules_of(world.planned("--san im.contoso.com")), "cert-wildcard-insufficient"));
    CHECK(world.run("cert request --dry-run --strict --san '*.contoso.com'").code == 3);
    CHECK(has(rules_of(world.planned("--san edge.local")), "cert-internal-name"));
    CHECK(has(rules_of(world.planned("--san intranet")), "cert-internal-name"));
    CHECK(rules_of(world.planned("")).empty());
    CHECK(has(rules_of(world.planned("--srv-names")), "cert-othername-public-ca"));
    CHECK(has(rules_of(world.planned("--xmpp-addrs")), "cert-othername-public-ca"));
    const auto with_unit = world.planned("--organizational-unit IT").at("diagnostics").at(0);
    CHECK(with_unit.at("rule") == "cert-ou-present");
    CHECK(with_unit.at("severity") == "info");
}

TEST_CASE("partners that depend on client authentication are warned of at once") {
    struct Row {
        const char* partner;
        const char* options;
        bool warns;
    };
    const auto row = GENERATE(values<Row>({
        {"", "", false},
        {"", "--no-client-auth", false},
        {"partner new --primary p.example", "", true},
        {"partner new --primary p.example --sasl optional", "", true},
        {"partner new --primary p.example", "--no-client-auth", true},
        {"partner new --primary p.example", "--template XmppEdge", false},
        {"partner new --primary p.example", "--srv-names", false},
        {"partner new --primary p.example", "--xmpp-addrs", false},
        {"partner new --primary p.example", "--xmpp-addrs --no-client-auth", true},
        {"partner new --primary p.example --enabled false", "", false},
        {"partner new --primary p.example --preset flexible", "", false},
        {"partner new --primary p.example --preset dialback", "--no-client-auth", false},
    }));
    INFO(row.partner << " / " << row.options);
    WithEdge world;
    if (*row.partner != 0) {
        world.must(row.partner);
    }
    const auto document = world.planned(row.options);
    CHECK(has(rules_of(document), "cert-client-auth-missing") == row.warns);
    if (row.warns) {
        const auto diagnostic = document.at("diagnostics").at(0);
        CHECK(diagnostic.at("severity") == "warning");
        CHECK_THAT(diagnostic.at("hint").get<std::string>(),
                   Contains("p.example") && Contains("--preset flexible") && Contains("private CA"));
        CHECK_THAT(world.run(fmt::format("cert request --dry-run {}", row.options)).err,
                   Contains("[cert-client-auth-missing]"));
        CHECK(world.run(fmt::format("cert request --dry-run --strict {}", row.options)).code == 3);
    }
}

TEST_CASE("a request that fails leaves nothing behind") {
    WithEdge world;
    const auto before = world.state();
    const std::vector<std::string> only_store{"store.db"};
    CHECK(world.request("--san a..b").code == 3);
    CHECK(world.request("--common-name " + std::string(65, 'n')).code == 3);
    CHECK(world.request("--country XX").code == 3);
    CHECK(world.request("--out none/edge.csr").code == 1);
    CHECK(world.request("--key-out none/edge.key").code == 1);
    CHECK(world.request("--template '\U0001f600'").code == 2);
    CHECK(world.request("--san-file none").code == 4);
    CHECK(world.run("cert request --key none").code == 4);
    CHECK(world.state() == before);
    CHECK(world.directory.names() == only_store);
}

TEST_CASE("option --force replaces a request and nothing else") {
    WithEdge world;
    REQUIRE(world.request("--out a.csr --key-out a.key -q").code == 0);
    const auto key = xmppfed::test::read_file(world.directory / "a.key");
    CHECK(world.request("--out a.csr --key-out b.key -q").code == 5);
    CHECK(world.request("--out b.csr --key-out a.key --force -q").code == 5);
    CHECK(world.request("--out a.csr --key-out b.key --force -q").code == 0);
    for (const auto* out : {"a.key", "./a.key", "store.db", "store.db-journal"}) {
        INFO(out);
        CHECK(world.request(fmt::format("--out {} --key-out c.key --force -q", out)).code == 5);
        CHECK(world.run(fmt::format("cert request --out {} --key b.key --force -q", out)).code == 5);
    }
    CHECK(world.request("--out ./c --key-out c --force").code == 2);
    CHECK(world.run("cert request --out ./a.key --key a.key --force").code == 2);
    xmppfed::test::write_file(world.directory / "empty", "");
    CHECK(world.run(fmt::format("cert request --out empty --key {} --force -q", world.directory / "a.key")).code == 0);
    CHECK(xmppfed::test::read_file(world.directory / "a.key") == key);
    CHECK(world.directory.names() == std::vector<std::string>{"a.csr", "a.key", "b.key", "empty", "store.db"});
    CHECK(world.run("store check").code == 0);
}

TEST_CASE("option --force is named where it would replace what is there") {
    WithEdge world;
    REQUIRE(world.request("-q --out a.csr").code == 0);
    CHECK_THAT(world.request("--out a.csr --key-out b.key").err, Contains("or replace it with --force\n"));
    xmppfed::test::write_file(world.directory / "notes", "x");
    for (const auto* out : {"notes", "/dev/null", "."}) {
        INFO(out);
        const auto result = world.request(fmt::format("--out {} --key-out b.key", out));
        CHECK(result.code == 5);
        CHECK_THAT(result.err, Contains("hint: name another file with --out\n"));
    }
}

TEST_CASE("the CSR alone goes to standard output") {
    WithEdge world;
    const auto result = world.request("--out - --key-out e.key");
    CHECK(result.code == 0);
    CHECK(result.out.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"));
    CHECK(result.out.ends_with("-----END CERTIFICATE REQUEST-----\n"));
    CHECK(world.must("cert show 1 --pem").out == result.out);
    CHECK(world.must("cert show 1 -o json").json().at("request").at("csr_file").is_null());
}

TEST_CASE("what Windows makes a key from can be printed again, and is one request") {
    WithEdge world;
    const auto first = world.must("cert request --format inf");
    CHECK_THAT(first.err, Contains("note: the number of this certificate request is 1\n"));
    const auto before = world.state();
    const auto again = world.must("cert request --format inf");
    CHECK(again.out == first.out);
    CHECK_THAT(again.err,
               Contains("note: certificate request 1 asks for the same and is pending: no other is recorded\n") &&
                   Contains("note: nothing changed\n"));
    CHECK(world.must("cert request --format powershell -o json --out x.ps1").json().at("request").at("number") == 1);
    CHECK(world.state() == before);

    CHECK_THAT(world.must("cert request --format inf --san im.contoso.com").err, Contains("request is 2\n"));
    CHECK_THAT(world.must("cert request --format inf --curve P-256").err, Contains("request is 3\n"));
    CHECK_THAT(world.must("cert request --format inf").err, Contains("request is 1\n"));
    world.must("cert cancel 1");  // it is not pending any more
    CHECK_THAT(world.must("cert request --format inf").err, Contains("request is 4\n"));
    CHECK(world.must("cert request --format inf -q").err.empty());
    CHECK(world.run("store check").code == 0);
}

TEST_CASE("a key that is made here makes each request another one") {
    WithEdge world;
    for (const auto* number : {"1", "2"}) {
        const auto result = world.request(fmt::format("--out - --key-out {}.key", number));
        CHECK_THAT(result.err, Contains(fmt::format("the number of this certificate request is {}\n", number)));
    }
}

TEST_CASE("a key that is there already leads to the request that it was made for") {
    WithEdge world;
    REQUIRE(world.request("-q").code == 0);
    CHECK_THAT(world.request("--out b.csr").err, Contains("or renew its request with --renew 1\n"));
    xmppfed::test::write_file(world.directory / "other.key", "x");
    CHECK_THAT(world.request("--key-out other.key").err, Contains("or renew its request with --renew N\n"));
}

TEST_CASE("a directory that is missing is named with the way to make it") {
    WithEdge world;
    const auto hint = fmt::format("hint: make its directory first: `mkdir -p '{}'`\n", world.directory / "none/deep");
    for (const auto* options : {"--out none/deep/edge.csr", "--key-out none/deep/edge.key",
                                "--format inf --out none/deep/x", "--dry-run --out none/deep/edge.csr"}) {
        INFO(options);
        CHECK_THAT(world.run(fmt::format("cert request {}", options)).err, Contains(hint));
    }
    CHECK_THAT(world.run("store backup none/deep/copy.db").err, Contains(hint));
    CHECK_THAT(world.request("--out store.db/edge.csr").err, !Contains("mkdir"));
}

TEST_CASE("a dry request writes neither files nor a record") {
    WithEdge world;
    const auto before = world.state();
    const auto document = world.planned("--bits 3072");
    CHECK(document.at("dry_run") == true);
    CHECK(document.at("request").at("csr").is_null());
    CHECK(document.at("request").at("key") == Json::parse(R"({"algorithm": "rsa", "bits": 3072})"));
    CHECK(names_of(document).size() == 5);
    CHECK_THAT(world.must("cert request --dry-run").out, Contains("webcon.contoso.com") && Contains("RSA, 2048 bits"));
    CHECK(world.state() == before);
    CHECK(world.directory.names() == std::vector<std::string>{"store.db"});
    xmppfed::test::write_file(world.directory / "sip.contoso.com.key", "x");
    CHECK(world.run("cert request --dry-run").code == 5);
}

TEST_CASE("a dry request finds what a real one would stumble over") {
    WithEdge world;
    const std::vector<std::pair<std::string, int>> rows{
        {"--out none/x.csr", 1},           {"--key-out none/x.key", 1},          {"--key-out store.db/x.key", 1},
        {"--key-passphrase-file none", 4}, {"--format inf --out none/x.inf", 1}, {"--sip-domain ''", 2},
    };
    for (const auto& [options, code] : rows) {
        INFO(options);
        const auto dry = world.run(fmt::format("cert request --curve P-256 --dry-run {}", options));
        const auto real = world.run(fmt::format("cert request --curve P-256 {}", options));
        CHECK(dry.code == code);
        CHECK(real.code == code);
        CHECK(dry.err == real.err);
    }
    CHECK(world.directory.names() == std::vector<std::string>{"store.db"});
}

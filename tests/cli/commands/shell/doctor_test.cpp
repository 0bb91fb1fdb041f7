// `doctor`: what it finds, one thing after the other, with a resolver in process.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/fake_dns.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using test::TestWorld;

namespace {

std::string sample_text(const std::string& name) {
    return test::read_file(XMPPFED_SOURCE_DIR "/tests/golden/" + name);
}

/// An edge with a certificate in use, and a partner: nothing is wrong.
struct Healthy : TestWorld {
    Healthy() {
        for (const auto* name : {"edge.crt", "edge.key", "intermediate.crt"}) {
            test::write_file(directory / name, sample_text(name));
        }
        ::chmod((directory / "edge.key").c_str(), 0600);
        must(
            "edge set --access-edge sip.contoso.com --web-conferencing webcon.contoso.com --sip-domain "
            "contoso.com,fabrikam.com --xmpp-domain contoso.com");
        must(fmt::format("cert request --key {}/edge.key --out - -q", directory.path()));
        must(fmt::format("cert import {0}/edge.crt --chain {0}/intermediate.crt -q", directory.path()));
        must("cert assign 1 --to live -q");
        must("partner new --primary litwareinc.com -q");
    }

    void render() {
        std::filesystem::create_directories(directory / "rendered");
        must("render prosody --to rendered -q");
    }
    /// As the module does, and without a server that runs.
    void put_in_force(std::int64_t revision) {
        let_go();
        test::write_file(in_force_file(),
                         fmt::format(R"({{"format_version": "1.0", "kind": "server-policy-in-force", )"
                                     R"("store_revision": {}, "since": "2026-03-15T09:00:00Z", "log_only": false}})",
                                     revision));
    }
    /// As a server does that runs: by a lock of the descriptor, for its own locks are in no process's way.
    void hold() {
        held_ = ::open(in_force_file().c_str(), O_RDWR | O_CLOEXEC);
        struct flock whole {};
        whole.l_type = F_WRLCK;
        whole.l_whence = SEEK_SET;
        REQUIRE(::fcntl(held_, F_OFD_SETLK, &whole) == 0);
    }
    void let_go() { ::close(std::exchange(held_, -1)); }
    ~Healthy() { let_go(); }
    Healthy(const Healthy&) = delete;
    Healthy& operator=(const Healthy&) = delete;
    [[nodiscard]] std::string in_force_file() const { return directory / "rendered/xmppfed-in-force.json"; }
    [[nodiscard]] std::int64_t revision() {
        return must("store info -o json").json().at("store_revision").get<std::int64_t>();
    }

  private:
    int held_ = -1;
};

/// The rules of all findings; "-" for one that no rule made.
std::vector<std::string> rules_of(const test::Result& result) {
    std::vector<std::string> ids;
    const auto document = result.json();
    for (const auto& each : document.at("diagnostics")) {
        ids.push_back(each.at("rule").is_null() ? "-" : each.at("rule").get<std::string>());
        INFO(each.at("message"));
        CHECK_FALSE(each.at("hint").is_null());
    }
    return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a doctor finds nothing where nothing is wrong, and tells what was looked at") {
    Healthy world;
    world.render();
    world.put_in_force(world.revision());
    world.hold();
    const auto result = world.run("doctor --offline --rendered rendered");
    INFO(result.out << result.err);
    CHECK(result.code == 0);
    CHECK_THAT(result.out,
               Contains("ok       store        ") && Contains("ok       edge         sip.contoso.com: XMPP") &&
                   Contains("ok       certificate  request 1: ends 2026-06-13") &&
                   Contains("skipped  dns          --offline") && Contains("ok       rendering    Prosody in ") &&
                   Contains("ok       partners     1 enabled, 0 suspended\n") &&
                   Contains("6 things examined: 0 errors, 0 warnings\n"));
    CHECK(world.run("doctor --offline --rendered rendered --strict").code == 0);
    const auto document = world.run("doctor --offline -o json").json();
    CHECK(document.at("kind") == "doctor");
    CHECK(document.at("at") == "2026-03-15T09:30:00Z");
    CHECK(document.at("checks").size() == 6);
    CHECK(document.at("checks").at(4).at("state") == "skipped");
}

TEST_CASE("a doctor tells of a store that is missing, and makes none") {
    TestWorld world;
    const auto result = world.run("doctor --offline -o json");
    CHECK(result.code == 0);
    CHECK(result.json().at("checks").size() == 1);
    CHECK(result.json().at("checks").at(0).at("state") == "warning");
    CHECK(world.run("doctor --offline --strict").code == 3);
    CHECK(world.directory.names().empty());
}

TEST_CASE("a doctor tells of an edge that is not complete, and of a missing certificate") {
    TestWorld world;
    world.must("partner new --primary litwareinc.com -q");
    const auto result = world.run("doctor --offline -o json");
    CHECK(result.code == 3);
    CHECK(rules_of(result) == Ids{"edge-incomplete", "-", "-", "-"});
    CHECK_THAT(result.out, Contains("no certificate is assigned") && Contains("\"partner\": \"litwareinc.com\""));
    world.must("partner edit litwareinc.com --preset flexible -q");
    CHECK(rules_of(world.run("doctor --offline -o json")) == Ids{"edge-incomplete", "-", "-"});
    CHECK_THAT(world.run("doctor").out, Contains("skipped  dns          the edge is not complete"));
    world.must("edge set --access-edge sip.contoso.com --no-xmpp-domains -q");
    CHECK_THAT(world.run("doctor").out, Contains("skipped  dns          the edge has no XMPP domain"));
}

TEST_CASE("a doctor looks at the files of the certificate in use, and at its end") {
    Healthy world;
    test::write_file(world.settings_file(), R"({"warn_days": 120})");
    CHECK(rules_of(world.run("doctor --offline -o json")) == Ids{"cert-expires-soon"});
    std::filesystem::remove(world.directory / "live/current/fullchain.pem");
    const auto ids = rules_of(world.run("doctor --offline -o json"));
    CHECK(std::ranges::find(ids, "cert-files-differ") != ids.end());
    CHECK(world.run("doctor --offline").code == 3);
}

TEST_CASE("a doctor tells what was rendered and is old, or not in force") {
    Healthy world;
    world.render();
    const auto there = world.directory / "rendered";
    test::write_file(world.settings_file(), fmt::format(R"({{"rendered": "{}"}})", there));
    CHECK(rules_of(world.run("doctor --offline -o json")) == Ids{"render-not-in-force"});
    world.put_in_force(world.revision());
    CHECK(rules_of(world.run("doctor --offline -o json")) == Ids{"render-not-in-force"});
    world.hold();
    CHECK(rules_of(world.run("doctor --offline -o json")).empty());
    world.must("partner edit litwareinc.com --description x -q");
    const auto old = world.run("doctor --offline -o json");
    CHECK(old.code == 0);
    CHECK(rules_of(old) == Ids{"render-stale"});
    CHECK_THAT(old.out, Contains("xmppfed render prosody --to " + there));
    world.render();
    CHECK(rules_of(world.run("doctor --offline -o json")) == Ids{"render-not-in-force"});
    CHECK(world.run("doctor --offline").code == 3);
    world.let_go();
    test::write_file(there + "/xmppfed-in-force.json", "nonsense");
    CHECK(rules_of(world.run("doctor --offline -o json")) == Ids{"render-not-in-force"});
    std::filesystem::remove_all(there);
    CHECK(rules_of(world.run("doctor --offline -o json")) == Ids{"render-not-in-force"});
    CHECK(world.run("doctor --offline --rendered " + there).code == 4);
    std::filesystem::create_directories(world.directory / "an edge");
    CHECK_THAT(world.run("doctor --offline --rendered '" + world.directory / "an edge" + "'").out,
               Contains(fmt::format("`xmppfed render prosody --to '{}'`", world.directory / "an edge")));
}

TEST_CASE("a doctor tells of a file without which the module lets nobody in") {
    for (const auto* name : {"xmppfed-policy.json", "mod_xmppfed.lua", "xmppfed.cfg.lua"}) {
        CAPTURE(name);
        Healthy world;
        world.render();
        world.put_in_force(world.revision());
        world.hold();
        std::filesystem::remove(world.directory / fmt::format("rendered/{}", name));
        const auto result = world.run("doctor --offline --rendered rendered -o json");
        CHECK(result.code == 3);
        CHECK(rules_of(result) == Ids{"render-not-in-force"});
        CHECK_THAT(result.out, Contains(fmt::format("{} is missing in ", name)));
    }
}

TEST_CASE("a doctor tells of a module that another version has written") {
    Healthy world;
    world.render();
    world.put_in_force(world.revision());
    world.hold();
    const auto* const command = "doctor --offline --rendered rendered";
    CHECK_THAT(world.must(command).out, !Contains("mod_xmppfed.lua"));
    test::write_file(world.directory / "rendered/mod_xmppfed.lua", "-- of an older release\n");
    CHECK_THAT(world.must(command).out, Contains("mod_xmppfed.lua is not the one of this xmppfed"));
    world.render();
    CHECK_THAT(world.must(command).out, !Contains("mod_xmppfed.lua"));
}

TEST_CASE("a doctor tells of a broken policy, and what a server that runs goes on with") {
    Healthy world;
    world.render();
    test::write_file(world.directory / "rendered/xmppfed-policy.json", "{broken");
    const auto words = std::string{"doctor --offline --rendered rendered"};
    CHECK(rules_of(world.run(words + " -o json")) == Ids{"render-not-in-force"});
    CHECK_THAT(world.run(words).out, Contains("Prosody in " + (world.directory / "rendered") + ": no revision\n"));
    world.put_in_force(1);
    world.hold();
    const auto result = world.run(words);
    CHECK(result.code == 3);
    CHECK_THAT(result.out, Contains(": no revision\n") &&
                               Contains("is no JSON object in '" + (world.directory / "rendered")) &&
                               Contains("Prosody enforces store revision 1 since 2026-03-15T09:00:00Z until"));
}

TEST_CASE("a doctor who cannot read what was rendered looks at everything else") {
    Healthy world;
    world.render();
    std::filesystem::remove(world.directory / "rendered/xmppfed-policy.json");
    std::filesystem::create_directory(world.directory / "rendered/xmppfed-policy.json");
    const auto result = world.run("doctor --offline --rendered rendered");
    CHECK(result.code == 1);
    CHECK_THAT(result.out, Contains("skipped  rendering    the rendered file") && Contains("is no regular file") &&
                               Contains("ok       partners     1 enabled, 0 suspended\n"));
    test::force_sql(world.store(), "UPDATE partner SET tls = 'not-supported'");
    CHECK(world.run("doctor --offline --rendered rendered").code == 3);
}

TEST_CASE("a doctor counts nothing that another mode has left") {
    Healthy world;
    world.render();
    test::write_file(world.directory / "rendered/xmppfed-policy.json", "{broken");
    world.must("render prosody --mode config --to rendered --allow-inexact -q");
    const auto result = world.run("doctor --offline --rendered rendered");
    CHECK(result.code == 0);
    CHECK_THAT(result.out, Contains("note: what Prosody has in force does not show without the module"));
}

TEST_CASE("a doctor names the command that shows what ejabberd has in force") {
    Healthy world;
    std::filesystem::create_directories(world.directory / "rendered");
    world.must("render ejabberd --to rendered --allow-inexact -q");
    const auto result = world.run("doctor --offline --rendered rendered");
    CHECK(result.code == 0);
    CHECK_THAT(result.out, Contains("ejabberd in ") && Contains("note: ") && Contains("`ejabberdctl dump_config"));
}

TEST_CASE("a doctor asks DNS for our own records, and 1 is that nobody answers") {
    Healthy world;
    std::string gone;
    {
        test::FakeDns dns;
        const std::string name = "_xmpp-server._tcp.contoso.com";
        dns.srv(name, {test::srv_record(name, 0, 0, 5269, "sip.contoso.com")});
        dns.address("sip.contoso.com", "192.0.2.1");
        CHECK(world.run("doctor --resolver " + dns.address()).code == 0);
        dns.srv(name, {test::srv_record(name, 0, 0, 5269, "other.contoso.com")});
        gone = dns.address();
    }
    const auto result = world.run("doctor -o json --timeout 1 --resolver " + gone);
    CHECK(result.code == 1);
    CHECK(result.json().at("kind") == "doctor");
    CHECK(world.run("doctor --offline --resolver " + gone).code == 0);
    test::force_sql(world.store(), "UPDATE partner SET tls = 'not-supported'");
    CHECK(world.run("doctor --timeout 1 --resolver " + gone).code == 3);
}

TEST_CASE("a doctor finds partners that somebody has written past the program") {
    Healthy world;
    test::force_sql(world.store(), "UPDATE partner SET tls = 'not-supported'");
    const auto result = world.run("doctor --offline -o json");
    CHECK(result.code == 3);
    CHECK_THAT(result.out, Contains("sasl-requires-tls"));
    test::force_sql(world.store(), "UPDATE partner SET enabled = 0");
    CHECK_THAT(world.run("doctor --offline -o json").out, !Contains("sasl-requires-tls"));
    world.must("partner list");
}

TEST_CASE("a doctor refuses what makes no sense") {
    Healthy world;
    for (const auto* words : {"--rendered", "--resolver x", "--timeout 0", "-o csv", "litwareinc.com"}) {
        CAPTURE(words);
        CHECK(world.run(fmt::format("doctor {}", words)).code == 2);
    }
}

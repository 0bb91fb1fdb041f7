// `dns check`, with a resolver in process.

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/fake_dns.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using test::FakeDns;
using test::TestWorld;

namespace {

const std::string server = "_xmpp-server._tcp.";

/// A domain that servers find, at a host below it.
void publish(FakeDns& dns, const std::string& domain) {
    dns.srv(server + domain, {test::srv_record(server + domain, 0, 5, 5269, "xmpp." + domain)});
    dns.address("xmpp." + domain, "192.0.2.1");
}

std::string command(const FakeDns& dns, const std::string& rest) {
    return "dns check --resolver " + dns.address() + " " + rest;
}

}  // namespace

TEST_CASE("dns check looks at every domain of every enabled partner") {
    FakeDns dns;
    publish(dns, "fabrikam.com");
    publish(dns, "chat.fabrikam.com");
    TestWorld world;
    world.must("partner new --primary fabrikam.com --additional chat.fabrikam.com");
    world.must("partner new --primary suspended.example --enabled false");
    const auto result = world.run(command(dns, ""));
    CHECK(result.code == 0);
    CHECK(result.out ==
          "fabrikam.com\n"
          "  _xmpp-server._tcp 0 5 5269 xmpp.fabrikam.com: 192.0.2.1\n"
          "  DNSSEC: insecure\n"
          "chat.fabrikam.com of fabrikam.com\n"
          "  _xmpp-server._tcp 0 5 5269 xmpp.chat.fabrikam.com: 192.0.2.1\n"
          "  DNSSEC: insecure\n"
          "2 domains checked: 0 errors, 0 warnings\n");
    CHECK(result.err.empty());
}

TEST_CASE("dns check of a domain looks at that one alone") {
    FakeDns dns;
    publish(dns, "fabrikam.com");
    publish(dns, "chat.fabrikam.com");
    TestWorld world;
    world.must("partner new --primary fabrikam.com --additional chat.fabrikam.com");
    const auto document = world.run(command(dns, "chat.fabrikam.com -o json")).json();
    CHECK(document.at("kind") == "dns-check");
    CHECK(document.at("at") == "2026-03-15T09:30:00Z");
    CHECK(document.at("resolver") == core::Json::array({dns.address()}));
    CHECK(document.at("checked") == 1);
    CHECK(document.at("domains").at(0).at("partner") == "fabrikam.com");
    CHECK(document.at("domains").at(0).at("domain") == "chat.fabrikam.com");
    CHECK(document.at("domains").at(0).at("dns").at("addresses") == core::Json::array({"192.0.2.1"}));
    CHECK(document.at("diagnostics").empty());
    const auto primary = world.run(command(dns, "fabrikam.com FABRIKAM.com -o json")).json();
    CHECK(primary.at("checked") == 1);
    CHECK(primary.at("domains").at(0).at("domain") == "fabrikam.com");
    CHECK(world.run(command(dns, "fabrikam.com chat.fabrikam.com -o json")).json().at("checked") == 2);
}

TEST_CASE("dns check of no domain at all finds nothing") {
    const FakeDns dns;
    TestWorld world;
    world.must("partner new --primary suspended.example --enabled false");
    CHECK_THAT(world.must(command(dns, "")).err, Contains("no partner is enabled"));
    world.must("edge set --access-edge sip.contoso.com --sip-domain contoso.com --no-xmpp-domains");
    const auto own = world.must(command(dns, "--edge"));
    CHECK_THAT(own.err, Contains("note: the edge has no XMPP domain") && !Contains("partner"));
    CHECK_THAT(own.out, Contains("0 domains checked"));
}

TEST_CASE("dns check of one partner among several looks at none of the others") {
    FakeDns dns;
    publish(dns, "litwareinc.com");
    TestWorld world;
    world.must("partner new --primary fabrikam.com");
    world.must("partner new --primary litwareinc.com");
    CHECK(world.run(command(dns, "LITWAREINC.com")).code == 0);
    CHECK(world.run(command(dns, "fabrikam.com")).code == 3);
    CHECK(world.run(command(dns, "nobody.example")).code == 4);
    CHECK(world.run(command(dns, "a_b")).code == 3);
}

TEST_CASE("dns check exits 3 for an error, and for a warning with --strict") {
    FakeDns dns;
    TestWorld world;
    world.must("partner new --primary fabrikam.com --preset dialback");
    const auto missing = world.run(command(dns, "-o json"));
    CHECK(missing.code == 3);
    CHECK(missing.json().at("errors") == 1);
    CHECK(missing.json().at("diagnostics").at(0).at("rule") == "dns-no-address");
    CHECK(missing.json().at("diagnostics").at(0).at("partner") == "fabrikam.com");
    publish(dns, "fabrikam.com");
    const auto result = world.run(command(dns, ""));
    CHECK(result.code == 0);
    CHECK_THAT(result.out, Contains("warning: the zone of fabrikam.com is not signed") && Contains("[dns-insecure]") &&
                               Contains("1 domain checked: 0 errors, 1 warning\n"));
    CHECK(world.run(command(dns, "--strict")).code == 3);
    CHECK(world.run(command(dns, "--dnssec off --strict")).code == 0);
}

TEST_CASE("dns check exits 1 when nobody answers, and prints its document all the same") {
    std::string address;
    {
        const FakeDns gone;
        address = gone.address();
    }
    TestWorld world;
    world.must("partner new --primary fabrikam.com");
    const auto result = world.run("dns check -o json --timeout 1 --resolver " + address);
    CHECK(result.code == 1);
    CHECK(result.json().at("kind") == "dns-check");
    CHECK(result.json().at("domains").at(0).at("dns").at("state") == "unknown");
    CHECK(result.json().at("diagnostics").at(0).at("rule").is_null());
}

TEST_CASE("dns check --edge compares our records with those that are needed") {
    FakeDns dns;
    TestWorld world;
    CHECK(world.run(command(dns, "--edge")).code == 3);  // before the edge is set
    world.must("edge set --access-edge xmpp.contoso.com --sip-domain contoso.com,fabrikam.com");
    publish(dns, "contoso.com");
    const auto result = world.run(command(dns, "--edge -o json"));
    CHECK(result.code == 3);
    CHECK(result.json().at("checked") == 2);
    CHECK(result.json().at("domains").at(0).at("partner").is_null());
    CHECK(result.json().at("domains").at(0).at("diagnostics").empty());
    REQUIRE(result.json().at("diagnostics").size() == 1);
    CHECK(result.json().at("diagnostics").at(0).at("rule") == "dns-differs");
    CHECK(result.json().at("diagnostics").at(0).at("message") == "_xmpp-server._tcp.fabrikam.com is missing");
    CHECK(world.run(command(dns, "--edge contoso.com")).code == 2);
}

TEST_CASE("dns check shows what it was told by the network without any control character") {
    FakeDns dns;
    dns.srv(server + "fabrikam.com", {test::srv_record(server + "fabrikam.com", 0, 0, 5269, "\x1b[2Jevil.example")});
    TestWorld world;
    world.must("partner new --primary fabrikam.com");
    const auto result = world.run(command(dns, ""));
    CHECK(result.out.find('\x1b') == std::string::npos);
    CHECK_THAT(result.out, Contains("evil.example"));
}

TEST_CASE("dns check stops when somebody wants it to, and prints what is finished") {
    FakeDns dns;
    publish(dns, "fabrikam.com");
    TestWorld world;
    world.must("partner new --primary fabrikam.com");
    world.is_interrupted = true;
    const auto result = world.run(command(dns, ""));
    CHECK(result.code == 1);
    CHECK_THAT(result.out, Contains("0 domains checked"));
    CHECK_THAT(result.err, Contains("interrupted: 0 of 1 domains were looked at\nhint: run the command again"));
}

TEST_CASE("dns check refuses words that make no sense") {
    TestWorld world;
    world.must("partner new --primary fabrikam.com");
    for (const auto* words : {"--resolver localhost", "--resolver 127.0.0.1:0", "--timeout 0", "--timeout 3601",
                              "--parallel 0", "--parallel 257", "--dnssec perhaps", "--trust-anchor root.key"}) {
        CAPTURE(words);
        CHECK(world.run(std::string{"dns check "} + words).code == 2);
    }
}

TEST_CASE("dns check does not take the system's trust anchors for those of an empty name") {
    TestWorld world;
    world.must("partner new --primary fabrikam.com");
    const FakeDns dns;
    const auto result = world.run(command(dns, "--dnssec validate --trust-anchor="));
    CHECK(result.code == 4);
    CHECK_THAT(result.err, Contains("cannot read the trust anchors '': No such file or directory"));
}

#include "net/probe/domain_probe.hpp"

#include <catch2/catch.hpp>

#include <optional>

#include "net/dns/stub_resolver.hpp"
#include "tests/support/fake_dns.hpp"
#include "tests/support/fake_xmpp.hpp"

namespace xmppfed::net {

namespace {

using core::ProbeOutcome;
using test::FakeDns;
using test::FakeXmpp;

const std::string service = "_xmpp-server._tcp.";

test::FakeXmppScript plain_server() {
    return {.hello = test::fake_header("fabrikam.com") + test::fake_features(test::dialback_feature)};
}

/// A port of loopback where nobody listens.
std::uint16_t closed_port() {
    const FakeXmpp gone{plain_server()};
    return gone.port();
}

core::ProbeFacts facts_of(const FakeDns& dns, const DomainPlan& plan) {
    Loop loop;
    StubResolver resolver{
        loop, {*Address::read_with_port(dns.address(), 53)}, DnssecTrust::resolver, Milliseconds{10'000}};
    const TlsIdentity identity;
    AddressGate gate;
    std::optional<core::ProbeFacts> seen;
    probe_domain({loop, resolver, identity, gate}, plan, [&](core::ProbeFacts facts) {
        REQUIRE_FALSE(seen);
        seen = std::move(facts);
    });
    loop.run([] { return false; });
    REQUIRE(seen);
    return *seen;
}

const DomainPlan usual{.domain = "fabrikam.com", .from = "contoso.com"};

}  // namespace

TEST_CASE("endpoints are tried in the order of DNS, until one works") {
    FakeDns dns;
    const FakeXmpp server{plain_server()};
    const auto name = service + "fabrikam.com";
    dns.srv(name, {test::srv_record(name, 1, 0, closed_port(), "a.example"),
                   test::srv_record(name, 2, 0, server.port(), "b.example"),
                   test::srv_record(name, 3, 0, server.port(), "c.example")});
    for (const auto* host : {"a.example", "b.example", "c.example"}) {
        dns.address(host, "127.0.0.1");
    }
    const auto facts = facts_of(dns, usual);
    REQUIRE(facts.endpoints.size() == 2);
    CHECK(facts.endpoints[0].outcome == ProbeOutcome::unreachable);
    CHECK(facts.endpoints[1].outcome == ProbeOutcome::ok);
    CHECK(facts.endpoints[1].target == "b.example");
    CHECK_FALSE(facts.out_of_time);

    auto all = usual;
    all.targets = Targets::all;
    CHECK(facts_of(dns, all).endpoints.size() == 3);
}

TEST_CASE("only addresses of the family that was asked for, and services of the kind") {
    FakeDns dns;
    const FakeXmpp server{plain_server()};
    const auto name = service + "fabrikam.com";
    dns.srv(name, {test::srv_record(name, 0, 0, server.port(), "a.example")});
    dns.address("a.example", "127.0.0.1");
    dns.address("a.example", "::1");
    auto plan = usual;
    plan.families = Families::ipv4;
    const auto facts = facts_of(dns, plan);
    REQUIRE(facts.endpoints.size() == 1);
    CHECK(facts.endpoints.front().address == "127.0.0.1");
    plan.families = Families::both;
    plan.direct_tls = DirectTls::only;
    CHECK(facts_of(dns, plan).endpoints.empty());
}

TEST_CASE("a server that does not know U-labels is asked once more with A-labels") {
    FakeDns dns;
    FakeXmpp server{{.hello = test::fake_header("x") +
                              "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                              "</stream:error></stream:stream>"}};
    auto plan = usual;
    plan.connect = NamedPlace{"127.0.0.1", server.port()};
    CHECK(facts_of(dns, plan).endpoints.size() == 1);
    plan.domain = "xn--bcher-kva.example";
    const auto facts = facts_of(dns, plan);
    REQUIRE(facts.endpoints.size() == 1);
    CHECK(facts.endpoints.front().asked_as_a_label);
    CHECK(facts.endpoints.front().fault->condition == "host-unknown");
}

TEST_CASE("a port that closes on a header is asked once whether it speaks TLS") {
    FakeDns dns;
    FakeXmpp direct{{.direct_tls = true, .is_mute_to_plain = true}};
    auto plan = usual;
    plan.connect = NamedPlace{"127.0.0.1", direct.port()};
    auto facts = facts_of(dns, plan);
    REQUIRE(facts.endpoints.size() == 1);
    CHECK(facts.endpoints.front().outcome == ProbeOutcome::wrong_service);
    CHECK(facts.endpoints.front().step == core::ProbeStep::header);
    CHECK(direct.heard().size() == 2);
    FakeXmpp mute{{.steps = {{test::FakeStep::Kind::closes}}}};
    plan.connect = NamedPlace{"127.0.0.1", mute.port()};
    facts = facts_of(dns, plan);
    CHECK(facts.endpoints.front().outcome == ProbeOutcome::closed);
    CHECK(mute.heard().size() == 2);
}

TEST_CASE("a host to connect to is looked for where somebody says") {
    FakeDns dns;
    const FakeXmpp server{plain_server()};
    dns.address("host.example", "127.0.0.1");
    auto plan = usual;
    plan.host_lookup = HostLookup::resolver;
    plan.connect = NamedPlace{"Host.example", server.port()};
    auto facts = facts_of(dns, plan);
    REQUIRE(facts.endpoints.size() == 1);
    CHECK(facts.endpoints.front().outcome == ProbeOutcome::ok);
    CHECK(facts.endpoints.front().target == "Host.example");
    CHECK(facts.endpoints.front().address == "127.0.0.1");
    plan.families = Families::ipv6;
    CHECK(facts_of(dns, plan).endpoints.front().outcome == ProbeOutcome::unreachable);
    plan.families = Families::both;
    plan.connect->host = "nowhere.example";
    facts = facts_of(dns, plan);
    REQUIRE(facts.endpoints.size() == 1);
    CHECK(facts.endpoints.front().outcome == ProbeOutcome::unreachable);
    CHECK(facts.endpoints.front().address.empty());
    dns.say("nowhere.example", test::type_a, {.code = 5});
    CHECK(facts_of(dns, plan).endpoints.front().outcome == ProbeOutcome::no_route);
    const auto asked = dns.asked().size();
    plan.connect->host = "localhost";
    CHECK(facts_of(dns, plan).endpoints.back().outcome == ProbeOutcome::ok);
    plan.connect->host = "127.0.0.1";
    CHECK(facts_of(dns, plan).endpoints.front().outcome == ProbeOutcome::ok);
    CHECK(dns.asked().size() == asked);
}

TEST_CASE("a domain's time is up whatever is left to try") {
    FakeDns dns;
    const FakeXmpp server{{.is_silent = true}};
    const auto name = service + "fabrikam.com";
    dns.srv(name, {test::srv_record(name, 1, 0, server.port(), "a.example"),
                   test::srv_record(name, 2, 0, server.port(), "b.example")});
    dns.address("a.example", "127.0.0.1");
    dns.address("b.example", "127.0.0.1");
    auto plan = usual;
    plan.deadline = Milliseconds{300};
    const auto facts = facts_of(dns, plan);
    CHECK(facts.out_of_time);
    REQUIRE(facts.endpoints.size() == 1);
    CHECK(facts.endpoints.front().outcome == ProbeOutcome::timeout);
}

TEST_CASE("one at a time goes to an address, others at the same time elsewhere") {
    AddressGate gate;
    std::vector<std::string> gone;
    const auto enter = [&](const std::string& address, const std::string& who) {
        gate.enter(address, [&gone, who] { gone.push_back(who); });
    };
    enter("192.0.2.1", "a");
    enter("192.0.2.1", "b");
    enter("192.0.2.2", "c");
    enter("192.0.2.1", "d");
    CHECK(gone == std::vector<std::string>{"a", "c"});
    gate.leave("192.0.2.1");
    CHECK(gone == std::vector<std::string>{"a", "c", "b"});
    gate.leave("192.0.2.1");
    gate.leave("192.0.2.1");
    enter("192.0.2.1", "e");
    CHECK(gone == std::vector<std::string>{"a", "c", "b", "d", "e"});
}

}  // namespace xmppfed::net

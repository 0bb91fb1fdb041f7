#include "net/dns/domain_lookup.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>

#include "net/dns/stub_resolver.hpp"
#include "net/dns/system_resolvers.hpp"
#include "tests/support/fake_dns.hpp"

namespace xmppfed::net {

namespace {

using core::DnsFailure;
using core::DnsState;
using core::Service;
using test::FakeDns;

const std::string server = "_xmpp-server._tcp.fabrikam.com";
const std::string direct = "_xmpps-server._tcp.fabrikam.com";

core::DnsFacts facts_from(const FakeDns& dns, const std::string& domain = "fabrikam.com",
                          Milliseconds timeout = Milliseconds{10'000}) {
    Loop loop;
    StubResolver resolver{loop, {*Address::read_with_port(dns.address(), 53)}, DnssecTrust::resolver, timeout};
    std::optional<core::DnsFacts> found;
    look_up(resolver, domain, [&](core::DnsFacts facts) {
        REQUIRE_FALSE(found);
        found = std::move(facts);
    });
    loop.run([] { return false; });
    REQUIRE(found);
    return *found;
}

bool was_asked(FakeDns& dns, const std::string& question) {
    const auto asked = dns.asked();
    return std::ranges::find(asked, question) != asked.end();
}

}  // namespace

TEST_CASE("services are tried by priority, the heaviest first, whichever of the two they are") {
    FakeDns dns;
    dns.srv(server, {test::srv_record(server, 10, 1, 5269, "light.example"),
                     test::srv_record(server, 10, 9, 5269, "heavy.example"),
                     test::srv_record(server, 20, 0, 5269, "late.example")});
    dns.srv(direct, {test::srv_record(direct, 5, 0, 5270, "first.example")});
    dns.address("heavy.example", "192.0.2.9");
    dns.address("heavy.example", "2001:db8::9");
    const auto facts = facts_from(dns);
    REQUIRE(facts.services.size() == 4);
    CHECK(facts.services[0].target == "first.example");
    CHECK(facts.services[0].service == Service::xmpps_server);
    CHECK(facts.services[1].target == "heavy.example");
    CHECK(facts.services[2].target == "light.example");
    CHECK(facts.services[3].target == "late.example");
    CHECK_FALSE(facts.is_fallback());
    CHECK(facts.target("heavy.example")->addresses == std::vector<std::string>{"2001:db8::9", "192.0.2.9"});
    CHECK(facts.target("light.example")->addresses.empty());
    CHECK(facts.state == DnsState::insecure);
    CHECK(facts.failure == DnsFailure::none);
    CHECK_FALSE(was_asked(dns, "fabrikam.com 1"));
}

TEST_CASE("without SRV records the domain's own address counts") {
    FakeDns dns;
    dns.address("fabrikam.com", "192.0.2.1");
    const auto facts = facts_from(dns);
    CHECK(facts.is_fallback());
    REQUIRE(facts.targets.size() == 1);
    CHECK(facts.targets.front().name == "fabrikam.com");
    CHECK(facts.targets.front().addresses == std::vector<std::string>{"192.0.2.1"});
}

TEST_CASE("the root as a target is no host") {
    FakeDns dns;
    dns.srv(server, {test::srv_record(server, 0, 0, 0, ".")});
    const auto facts = facts_from(dns);
    CHECK(facts.is_refused());
    CHECK(facts.targets.empty());
    CHECK(dns.asked().size() == 2);
}

TEST_CASE("an alias is followed and told, a loop of them leads nowhere") {
    FakeDns dns;
    dns.srv(server, {test::srv_record(server, 0, 0, 5269, "alias.example"),
                     test::srv_record(server, 1, 0, 5269, "loop.example")});
    const auto alias = [](const char* from, const char* to) {
        return test::record(from, test::type_cname, test::octets_of_name(to));
    };
    dns.say("alias.example", test::type_a,
            {.records = {alias("alias.example", "mid.example"), alias("mid.example", "end.example"),
                         test::address_record("end.example", "192.0.2.1"),
                         test::address_record("other.example", "192.0.2.66")}});
    dns.say("loop.example", test::type_a,
            {.records = {alias("loop.example", "pool.example"), alias("pool.example", "loop.example"),
                         test::address_record("loop.example", "192.0.2.2")}});
    const auto facts = facts_from(dns);
    CHECK(facts.target("alias.example")->addresses == std::vector<std::string>{"192.0.2.1"});
    CHECK(facts.target("alias.example")->alias_of == "mid.example");
    CHECK(facts.target("loop.example")->addresses.empty());
}

TEST_CASE("the domain is as secure as its weakest record, and certificates are asked for where services are secure") {
    FakeDns dns;
    const auto tlsa = "_5269._tcp.xmpp.fabrikam.com";
    dns.srv(server, {test::srv_record(server, 0, 0, 5269, "xmpp.fabrikam.com")}, /*authenticated=*/true);
    dns.say(direct, test::type_srv, {.code = 3, .authenticated = true});
    dns.address("xmpp.fabrikam.com", "192.0.2.1", /*authenticated=*/true);
    dns.say("xmpp.fabrikam.com", test::type_aaaa, {.authenticated = true});
    dns.say(tlsa, test::type_tlsa,
            {.authenticated = true, .records = {test::record(tlsa, test::type_tlsa, "\x03\x01\x01\xAB")}});
    auto facts = facts_from(dns);
    CHECK(facts.state == DnsState::secure);
    REQUIRE(facts.tlsa.size() == 1);
    CHECK(facts.tlsa.front().target == "xmpp.fabrikam.com");
    CHECK(facts.tlsa.front().port == 5269);
    CHECK(facts.tlsa.front().data == "ab");

    dns.say(tlsa, test::type_tlsa, {.records = {test::record(tlsa, test::type_tlsa, "\x03\x01\x01\xAB")}});
    CHECK(facts_from(dns).tlsa.empty());

    dns.address("xmpp.fabrikam.com", "192.0.2.1");
    CHECK(facts_from(dns).state == DnsState::insecure);
}

TEST_CASE("a service of the kind that is not known does not hide the other") {
    FakeDns dns;
    dns.srv(server, {test::srv_record(server, 0, 0, 5269, "xmpp.fabrikam.com")});
    dns.address("xmpp.fabrikam.com", "192.0.2.1");
    dns.say(direct, test::type_srv, {.code = 2});
    const auto facts = facts_from(dns);
    CHECK(facts.failure == DnsFailure::none);
    CHECK(facts.services.size() == 1);
}

TEST_CASE("what is known is gone on with when the rest is not answered") {
    const auto facts_with = [](const test::FakeAnswer& to_server, const test::FakeAnswer& to_direct) {
        FakeDns dns;
        dns.say(server, test::type_srv, to_server);
        dns.say(direct, test::type_srv, to_direct);
        dns.address("fabrikam.com", "192.0.2.1");
        dns.address("xmpp.fabrikam.com", "192.0.2.2");
        return facts_from(dns, "fabrikam.com", Milliseconds{300});
    };
    const test::FakeAnswer silence{.silent = true};
    const test::FakeAnswer refusal{.code = 5};
    const test::FakeAnswer nothing{};
    const test::FakeAnswer there{.records = {test::srv_record(server, 0, 0, 5269, "xmpp.fabrikam.com")}};
    const test::FakeAnswer direct_there{.records = {test::srv_record(direct, 0, 0, 5270, "xmpp.fabrikam.com")}};
    for (const auto& failure : {silence, refusal}) {
        const auto known = facts_with(there, failure);
        CHECK(known.failure == DnsFailure::none);
        CHECK(known.services.size() == 1);
        CHECK(known.state == DnsState::unknown);
        REQUIRE(known.unanswered.size() == 1);
        CHECK(known.unanswered.front().starts_with(direct + ": "));
        const auto fallback = facts_with(nothing, failure);
        CHECK(fallback.failure == DnsFailure::none);
        CHECK(fallback.is_fallback());
        CHECK(fallback.targets.front().addresses == std::vector<std::string>{"192.0.2.1"});
        CHECK(facts_with(failure, direct_there).unanswered.front().starts_with(server + ": "));
        const auto blind = facts_with(failure, nothing);  // there may be a record, so that the address does not count
        CHECK(blind.is_unanswered());
        CHECK(blind.unanswered.empty());
        CHECK(blind.targets.empty());
    }
}

TEST_CASE("a host whose address nobody tells is not one without") {
    FakeDns dns;
    dns.srv(server,
            {test::srv_record(server, 0, 0, 5269, "a.example"), test::srv_record(server, 1, 0, 5269, "b.example")});
    dns.address("a.example", "192.0.2.1");
    dns.say("b.example", test::type_a, {.code = 5});
    const auto facts = facts_from(dns);
    CHECK(facts.failure == DnsFailure::none);
    CHECK(facts.target("a.example")->unanswered.empty());
    CHECK_FALSE(facts.target("b.example")->unanswered.empty());
}

TEST_CASE("a forged record ends the look-up") {
    FakeDns dns;
    dns.say(server, test::type_srv, {.code = 2, .extended_error = test::two_octets(6)});
    dns.say_unchecked(server, test::type_srv, {.records = {test::srv_record(server, 0, 0, 5269, "evil.example")}});
    const auto facts = facts_from(dns);
    CHECK(facts.failure == DnsFailure::bogus);
    CHECK(facts.state == DnsState::bogus);
    CHECK(facts.reason == "DNSSEC bogus");
    CHECK_FALSE(was_asked(dns, "evil.example 1"));
}

TEST_CASE("the system's resolvers are read as glibc reads them, at most three") {
    const auto texts = [](std::string_view configuration) {
        std::vector<std::string> all;
        for (const auto& each : resolvers_in(configuration)) {
            all.push_back(each.text_with_port());
        }
        return all;
    };
    CHECK(texts("# none\nsearch example\n") == std::vector<std::string>{"127.0.0.1:53"});
    CHECK(texts("nameserver 192.0.2.1\nnameserver\t2001:db8::1 # two\nnameservers 192.0.2.9\n#nameserver 192.0.2.8\n"
                "nameserver nonsense\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n") ==
          std::vector<std::string>{"192.0.2.1:53", "[2001:db8::1]:53", "192.0.2.3:53"});
}

TEST_CASE("addresses are read with and without a port, and nothing else is one") {
    const auto read = [](std::string_view text) {
        const auto address = Address::read_with_port(text, 53);
        return address ? address->text_with_port() : "none";
    };
    CHECK(read("127.0.0.1") == "127.0.0.1:53");
    CHECK(read("127.0.0.1:5353") == "127.0.0.1:5353");
    CHECK(read("::1") == "[::1]:53");
    CHECK(read("[::1]:5353") == "[::1]:5353");
    for (const auto* text : {"", "localhost", "1", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:", "[127.0.0.1]:53",
                             "[::1]", "127.0.0.1:53x", "127.0.0.1 "}) {
        CAPTURE(text);
        CHECK(read(text) == "none");
    }
    CHECK(Address::read("127.9.9.9", 53)->is_loopback());
    CHECK(Address::read("::1", 53)->is_loopback());
    CHECK_FALSE(Address::read("192.0.2.1", 53)->is_loopback());
    CHECK_FALSE(Address::read("2001:db8::1", 53)->is_loopback());
}

}  // namespace xmppfed::net

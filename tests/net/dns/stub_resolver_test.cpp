#include "net/dns/stub_resolver.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "tests/support/fake_dns.hpp"

namespace xmppfed::net {

namespace {

using core::DnsFailure;
using core::DnsState;
using test::FakeAnswer;
using test::FakeDns;

constexpr Milliseconds patience{10'000};
const std::string name = "_xmpp-server._tcp.fabrikam.com";

Reply ask(std::vector<Address> servers, Question question, DnssecTrust trust = DnssecTrust::resolver,
          Milliseconds timeout = patience) {
    Loop loop;
    StubResolver resolver{loop, std::move(servers), trust, timeout};
    std::vector<Reply> replies;
    resolver.ask(question, [&](const Reply& reply) { replies.push_back(reply); });
    loop.run([] { return false; });
    REQUIRE(replies.size() == 1);
    return replies.front();
}

Reply ask(const FakeDns& dns, Question question = {name, RecordType::srv}, DnssecTrust trust = DnssecTrust::resolver) {
    return ask({*Address::read_with_port(dns.address(), 53)}, std::move(question), trust);
}

std::vector<std::string> one_record() {
    return {test::srv_record(name, 10, 20, 5269, "XMPP.Fabrikam.com")};
}

}  // namespace

TEST_CASE("a record is read as it is, with its names in one form") {
    FakeDns dns;
    dns.srv(name, one_record());
    const auto reply = ask(dns);
    CHECK(reply.failure == DnsFailure::none);
    CHECK(reply.state == DnsState::insecure);
    REQUIRE(reply.records.size() == 1);
    const auto& record = reply.records.front();
    CHECK(record.owner == name);
    CHECK(record.type == RecordType::srv);
    CHECK(record.priority == 10);
    CHECK(record.weight == 20);
    CHECK(record.port == 5269);
    CHECK(record.value == "xmpp.fabrikam.com");
    CHECK(dns.asked() == std::vector<std::string>{name + " 33"});
}

TEST_CASE("addresses, aliases, TLSA records and the root are read") {
    FakeDns dns;
    dns.say("h.example", test::type_a, {.records = {test::address_record("h.example", "192.0.2.1")}});
    dns.say("h.example", test::type_aaaa,
            {.records = {test::record("h.example", test::type_cname, test::octets_of_name("i.example")),
                         test::address_record("i.example", "2001:db8::1")}});
    dns.say("_5269._tcp.h.example", test::type_tlsa,
            {.records = {test::record("_5269._tcp.h.example", test::type_tlsa, "\x03\x01\x01\xAB\xCD")}});
    dns.srv(name, {test::srv_record(name, 0, 0, 0, ".")});
    CHECK(ask(dns, {"h.example", RecordType::a}).records.at(0).value == "192.0.2.1");
    const auto aliased = ask(dns, {"h.example", RecordType::aaaa}).records;
    REQUIRE(aliased.size() == 2);
    CHECK(aliased.at(0).value == "i.example");
    CHECK(aliased.at(1).value == "2001:db8::1");
    const auto tlsa = ask(dns, {"_5269._tcp.h.example", RecordType::tlsa}).records.at(0);
    CHECK(tlsa.usage == 3);
    CHECK(tlsa.selector == 1);
    CHECK(tlsa.matching == 1);
    CHECK(tlsa.value == "abcd");
    CHECK(ask(dns).records.at(0).value == ".");
}

TEST_CASE("no such name is an answer without records") {
    FakeDns dns;
    const auto reply = ask(dns);
    CHECK(reply.failure == DnsFailure::none);
    CHECK(reply.records.empty());
}

TEST_CASE("the word of a resolver on loopback counts, unless nobody asks for it") {
    FakeDns dns;
    dns.srv(name, one_record(), /*authenticated=*/true);
    CHECK(ask(dns).state == DnsState::secure);
    CHECK(ask(dns, {name, RecordType::srv}, DnssecTrust::off).state == DnsState::unknown);
    CHECK(dns.asked().back() == name + " 33+cd");
}

TEST_CASE("what comes without the resolver's checks alone is bogus, for the reason it gives") {
    FakeDns dns;
    dns.say(name, test::type_srv, {.code = 2, .extended_error = test::two_octets(7) + "expired on Monday\x1b"});
    dns.say_unchecked(name, test::type_srv, {.records = one_record()});
    const auto reply = ask(dns);
    CHECK(reply.failure == DnsFailure::bogus);
    CHECK(reply.state == DnsState::bogus);
    CHECK(reply.reason == "signature expired: expired on Monday\\x1b");
    CHECK(reply.records.empty());
}

TEST_CASE("a resolver that cannot tell either way has failed") {
    FakeDns dns;
    dns.say(name, test::type_srv, {.code = 2, .extended_error = test::two_octets(22)});
    const auto reply = ask(dns);
    CHECK(reply.failure == DnsFailure::refused);
    CHECK(reply.state == DnsState::unknown);
    CHECK(reply.reason == "the resolver could not find out (SERVFAIL): no reachable authority");
    CHECK(dns.asked().size() == 2);
}

TEST_CASE("a refusal is told by its code") {
    FakeDns dns;
    dns.say(name, test::type_srv, {.code = 5});
    CHECK(ask(dns).reason == "the resolver refuses to look (REFUSED)");
}

TEST_CASE("a resolver that knows no EDNS is asked once more without") {
    FakeDns dns;
    dns.say(name, test::type_srv, {.records = one_record(), .knows_no_edns = true});
    CHECK(ask(dns).records.size() == 1);
    CHECK(dns.asked() == std::vector<std::string>{name + " 33", name + " 33-edns"});
    FakeDns broken;
    broken.say(name, test::type_srv, {.code = 1});
    const auto reply = ask(broken);
    CHECK(reply.failure == DnsFailure::refused);
    CHECK(reply.reason == "the resolver answers with code 1");
    CHECK(broken.asked().size() == 2);
}

TEST_CASE("an answer that is cut off is asked for over TCP") {
    FakeDns dns;
    std::vector<std::string> many;
    for (unsigned i = 0; i < 30; ++i) {
        many.push_back(test::srv_record(name, i, 0, 5269, fmt::format("host{}.fabrikam.com", i)));
    }
    dns.say(name, test::type_srv, {.records = many, .truncated_on_udp = true});
    const auto reply = ask(dns);
    CHECK(reply.records.size() == 30);
    CHECK(dns.asked() == std::vector<std::string>{name + " 33", name + " 33+tcp"});
}

TEST_CASE("what is no answer to the question is passed over") {
    FakeDns dns;
    dns.say(name, test::type_srv, {.records = one_record(), .wrong_id_first = true, .another_question_first = true});
    CHECK(ask(dns).records.size() == 1);
}

TEST_CASE("the next resolver is asked when one does not answer") {
    FakeDns silent;
    silent.say(name, test::type_srv, {.silent = true});
    FakeDns dns;
    dns.srv(name, one_record());
    const auto reply =
        ask({*Address::read_with_port(silent.address(), 53), *Address::read_with_port(dns.address(), 53)},
            {name, RecordType::srv}, DnssecTrust::resolver, Milliseconds{2000});
    CHECK(reply.records.size() == 1);
}

TEST_CASE("the next resolver is asked when one refuses") {
    FakeDns refusing;
    refusing.say(name, test::type_srv, {.code = 5});
    FakeDns dns;
    dns.srv(name, one_record());
    const auto reply =
        ask({*Address::read_with_port(refusing.address(), 53), *Address::read_with_port(dns.address(), 53)},
            {name, RecordType::srv});
    CHECK(reply.records.size() == 1);
    CHECK(refusing.asked().size() == 1);
}

TEST_CASE("nobody who answers is told in time") {
    FakeDns silent;
    silent.say(name, test::type_srv, {.silent = true});
    const auto begin = Clock::now();
    const auto reply = ask({*Address::read_with_port(silent.address(), 53)}, {name, RecordType::srv},
                           DnssecTrust::resolver, Milliseconds{200});
    CHECK(reply.failure == DnsFailure::silent);
    CHECK(reply.reason == "no answer");
    CHECK(Clock::now() - begin < patience);
    CHECK(silent.asked().size() == 2);
}

TEST_CASE("a port without a resolver is told as what it is") {
    std::string address;
    {
        const FakeDns gone;
        address = gone.address();
    }
    const auto reply = ask({*Address::read_with_port(address, 53)}, {name, RecordType::srv});
    CHECK(reply.failure == DnsFailure::silent);
    CHECK(reply.reason == "Connection refused");
}

TEST_CASE("garbage is no answer, and does no harm") {
    for (const auto& garbage :
         {std::string{}, std::string(1, '\0'), std::string(10, '\xff'), std::string(600, '\xc0'),
          // A name that points at itself.
          std::string("\x81\x80\0\1\0\1\0\0\0\0\xc0\x0c\0\x21\0\1\xc0\x0c\0\x21\0\1\0\0\0\0\0\2\xc0\x0c", 30)}) {
        CHECK_FALSE(read_answer(garbage, {name, RecordType::srv}, 0));
    }
}

TEST_CASE("every beginning of an answer is read without harm") {
    FakeDns dns;
    const auto query = write_query({name, RecordType::srv}, 7, Checking::enabled);
    const auto question = query.substr(12, query.size() - 12 - 11);
    const auto whole = test::two_octets(7) + test::two_octets(0x8180) + test::two_octets(1) + test::two_octets(1) +
                       test::two_octets(0) + test::two_octets(0) + question + one_record().front();
    REQUIRE(read_answer(whole, {name, RecordType::srv}, 7));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_FALSE(read_answer(whole.substr(0, size), {name, RecordType::srv}, 7));
    }
}

}  // namespace xmppfed::net

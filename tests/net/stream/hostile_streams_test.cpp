#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "net/stream/endpoint_probe.hpp"
#include "tests/pki/authority.hpp"
#include "tests/support/fake_xmpp.hpp"

namespace xmppfed::net::hostile {

namespace {

using core::ProbeOutcome;
using core::ProbeStep;
using test::FakeStep;
using test::FakeXmpp;
using test::FakeXmppScript;
using Kind = FakeStep::Kind;

const std::string header = test::fake_header("fabrikam.com");
const std::string plain_features = test::fake_features(test::starttls_required);
const std::string secured_features = test::fake_features(test::external_feature);
const std::string proceed = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
constexpr std::size_t flood_size = 1'000'000;

/// A server as it should be, step by step.
std::vector<FakeStep> good_steps() {
    return {{Kind::hears, "<stream:stream"},
            {Kind::says, header + plain_features},
            {Kind::hears, "<starttls"},
            {Kind::says, proceed},
            {Kind::tls},
            {Kind::hears, "<stream:stream"},
            {Kind::says, header},
            {Kind::says, secured_features},
            {Kind::hears, "</stream"},
            {Kind::says, "</stream:stream>"}};
}
constexpr std::size_t step_of_features = 7;

FakeXmppScript server(std::vector<FakeStep> steps) {
    static const pki::Holder holder = pki::self_signed({.name = "fabrikam.com"});
    return {.chain = holder.pem(), .key = std::string{holder.key.to_pem({}).text()}, .steps = std::move(steps)};
}

/// The good server, whose last step is this one.
FakeXmppScript server_until(std::size_t count, FakeStep last) {
    auto steps = good_steps();
    steps.resize(count);
    steps.push_back(std::move(last));
    return server(std::move(steps));
}

core::EndpointFacts look_at(FakeXmppScript script, Milliseconds timeout = Milliseconds{10'000}) {
    const FakeXmpp fake{std::move(script)};
    static const TlsIdentity nobody;
    Loop loop;
    core::EndpointFacts seen;
    EndpointPlan plan{.service = core::Service::xmpp_server,
                      .target = "xmpp.fabrikam.com",
                      .address = Address::read("127.0.0.1", fake.port()).value(),
                      .from = "contoso.com",
                      .to = "fabrikam.com",
                      .server_name = "fabrikam.com",
                      .timeout = timeout,
                      .deadline = Clock::now() + std::chrono::minutes{1}};
    loop.start(std::make_shared<EndpointProbe>(std::move(plan), nobody,
                                               [&](core::EndpointFacts facts) { seen = std::move(facts); }));
    loop.run([] { return false; });
    return seen;
}

/// A document that grows a billionfold when it is read as it says.
std::string entity_bomb() {
    std::string text = "<!DOCTYPE bomb [<!ENTITY a0 'boom'>";
    for (int level = 1; level < 10; ++level) {
        text += fmt::format("<!ENTITY a{0} '&a{1};&a{1};&a{1};&a{1};&a{1};&a{1};&a{1};&a{1};&a{1};&a{1};'>", level,
                            level - 1);
    }
    return text + "]>";
}

}  // namespace

TEST_CASE("a server that goes away, with or without a reset, is told with the step, and with what it had said") {
    const auto count = good_steps().size();
    for (std::size_t steps = 1; steps < count; ++steps) {
        for (const auto kind : {Kind::closes, Kind::resets}) {
            CAPTURE(steps, kind == Kind::resets);
            const auto facts = look_at(server_until(steps, {kind}));
            const bool has_all = steps > step_of_features;
            CHECK((facts.outcome == ProbeOutcome::ok) == has_all);
            CHECK((facts.step == ProbeStep::done) == has_all);
            CHECK(facts.secured.has_value() == has_all);
            CHECK(facts.plain.has_value() == (steps > 1));
            CHECK(facts.tls.has_value() == (steps > 4));
        }
    }
}

TEST_CASE("who drips does not get more time for a step than who is silent") {
    auto script = server(good_steps());
    script.piece = 1;
    script.pause = 5;
    const auto begin = Clock::now();
    const auto facts = look_at(script, Milliseconds{300});
    CHECK(facts.outcome == ProbeOutcome::timeout);
    CHECK(facts.step == ProbeStep::header);
    CHECK(Clock::now() - begin < std::chrono::seconds{8});
    script.pause = 1;
    CHECK(look_at(script).outcome == ProbeOutcome::ok);
}

TEST_CASE("what is no TLS where it is due ends the handshake") {
    const std::vector<std::string> texts{
        header + plain_features,
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        std::string(flood_size, '\0'),
        std::string{"\x16\x03\x03\x40\x01", 5} + std::string(flood_size, 'x'),
        std::string{"\x16\x03\x03\x00\x04\x02\xff\xff\xff", 9} + std::string(flood_size, '\x16'),
        "\x15\x03\x03",
        std::string{"\x15\x03\x03\x00\x02\x02\x28", 7},
    };
    for (const auto& text : texts) {
        CAPTURE(text.substr(0, 20));
        auto script = server(good_steps());
        script.instead_of_tls = text;
        const auto facts = look_at(script);
        CHECK(facts.outcome == ProbeOutcome::tls_failed);
        CHECK(facts.step == ProbeStep::handshake);
        CHECK(facts.plain);
    }
}

TEST_CASE("what comes behind the last unencrypted word is nobody's, and not taken for what TLS brings") {
    const auto facts = look_at(server_until(3, {Kind::says, proceed + header + secured_features}));
    CHECK(facts.outcome != ProbeOutcome::ok);
    CHECK_FALSE(facts.secured);
    CHECK_FALSE(facts.tls);
}

TEST_CASE("octets that are not of the session break it") {
    const auto facts =
        look_at(server_until(6, {Kind::blurts, std::string{"\x17\x03\x03\x00\x20", 5} + std::string(32, 'x')}));
    CHECK(facts.outcome == ProbeOutcome::tls_failed);
    CHECK(facts.step == ProbeStep::second_header);
    CHECK(facts.tls);
}

TEST_CASE("what is no stream does no harm behind TLS either") {
    for (const auto& text : {std::string{"\x80\x81 garbage"}, "<?xml version='1.0'?>" + entity_bomb() + "<a>&a9;</a>",
                             header + entity_bomb() + "&a9;", header + "<a " + std::string(flood_size, 'a'),
                             header + std::string(flood_size, '<'), header + std::string(flood_size, ' ')}) {
        CAPTURE(text.substr(0, 40));
        const auto facts = look_at(server_until(6, {Kind::says, text}));
        CHECK(facts.outcome == ProbeOutcome::not_xmpp);
        CHECK(facts.step == ProbeStep::second_header);
        CHECK(facts.plain);
        CHECK_FALSE(facts.reason.empty());
    }
}

TEST_CASE("a server that goes on talking after good-bye changes nothing, and is not listened to for long") {
    for (const auto& text : {std::string(flood_size, ' '), std::string{"<a/>"}, std::string{"garbage"}}) {
        const auto begin = Clock::now();
        const auto facts = look_at(server_until(9, {Kind::says, text}));
        CHECK(facts.outcome == ProbeOutcome::ok);
        CHECK(facts.step == ProbeStep::done);
        CHECK(Clock::now() - begin < std::chrono::seconds{8});
    }
}

}  // namespace xmppfed::net::hostile

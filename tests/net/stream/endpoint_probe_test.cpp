#include "net/stream/endpoint_probe.hpp"

#include <catch2/catch.hpp>

#include <optional>

#include "tests/pki/authority.hpp"
#include "tests/support/fake_xmpp.hpp"

namespace xmppfed::net {

namespace {

using core::ProbeOutcome;
using core::ProbeStep;
using core::StartTls;
using test::FakeXmpp;
using test::FakeXmppScript;

const std::string header = test::fake_header("fabrikam.com");

/// A CA with certificates for the two sides, made once.
struct Certificates {
    pki::Holder ca = pki::self_signed({.name = "Test root", .is_ca = true});
    pki::Holder server = pki::issued_by(ca, {.name = "fabrikam.com"});
    pki::Holder client = pki::issued_by(ca, {.name = "contoso.com"});
    std::string server_key{server.key.to_pem({}).text()};
    std::string client_key{client.key.to_pem({}).text()};
};

const Certificates& certificates() {
    static const Certificates made;
    return made;
}

TlsIdentity identity() {
    return {certificates().client.pem() + certificates().ca.pem(), pki::Secret::copy_of(certificates().client_key)};
}

FakeXmppScript with_tls(FakeXmppScript script) {
    script.chain = certificates().server.pem() + certificates().ca.pem();
    script.key = certificates().server_key;
    return script;
}

/// Prosody with s2s_require_encryption, to somebody whose certificate it takes.
FakeXmppScript prosody() {
    using namespace test;
    return with_tls({.hello = header + fake_features(std::string{starttls_required} + std::string{dialback_feature}),
                     .secured = header + fake_features(std::string{dialback_feature} + std::string{external_feature}),
                     .requests_certificate = true});
}

struct Options {
    core::Service service = core::Service::xmpp_server;
    Authenticate authenticate = Authenticate::no;
    bool with_certificate = true;
    Milliseconds timeout{10'000};
};

core::EndpointFacts look(std::uint16_t port, const Options& options = {}, const char* address = "127.0.0.1") {
    Loop loop;
    const auto own = options.with_certificate ? identity() : TlsIdentity{};
    std::optional<core::EndpointFacts> seen;
    loop.start(std::make_shared<EndpointProbe>(EndpointPlan{.service = options.service,
                                                            .target = "xmpp.fabrikam.com",
                                                            .address = Address::read(address, port).value(),
                                                            .from = "contoso.com",
                                                            .to = "fabrikam.com",
                                                            .server_name = "fabrikam.com",
                                                            .timeout = options.timeout,
                                                            .deadline = Clock::now() + std::chrono::minutes{1},
                                                            .authenticate = options.authenticate},
                                               own, [&](core::EndpointFacts facts) {
                                                   REQUIRE_FALSE(seen);
                                                   seen = std::move(facts);
                                               }));
    loop.run([] { return false; });
    REQUIRE(seen);
    return *seen;
}

core::EndpointFacts look_at(FakeXmppScript script, const Options& options = {}) {
    const FakeXmpp server{std::move(script)};
    return look(server.port(), options);
}

}  // namespace

TEST_CASE("a server with TLS is seen up to the features of the encrypted stream") {
    FakeXmpp server{prosody()};
    const auto facts = look(server.port());
    CHECK(facts.outcome == ProbeOutcome::ok);
    CHECK(facts.step == ProbeStep::done);
    REQUIRE(facts.plain);
    CHECK(facts.plain->has_version);
    CHECK(facts.plain->starttls == StartTls::required);
    CHECK(facts.plain->dialback);
    CHECK_FALSE(facts.plain->offers_external());
    REQUIRE(facts.secured);
    CHECK(facts.secured->offers_external());
    CHECK(facts.secured->dialback);
    CHECK_FALSE(facts.secured->dialback_errors);
    REQUIRE(facts.tls);
    CHECK(facts.tls->version == "TLSv1.3");
    CHECK_FALSE(facts.tls->cipher.empty());
    CHECK(facts.tls->certificate_requested);
    CHECK(facts.tls->accepted_cas.empty());
    REQUIRE(facts.tls->chain.size() == 2);
    CHECK(facts.tls->chain.front() == certificates().server.pem());
    CHECK(facts.presented_certificate);
}

TEST_CASE("what is sent is what a server would send, and no more") {
    std::string said;
    {
        FakeXmpp server{prosody()};
        (void)look(server.port());
        REQUIRE(server.heard().size() == 1);
        said = server.heard().front();
    }
    const std::string ours =
        "<?xml version='1.0'?><stream:stream xmlns='jabber:server' "
        "xmlns:db='jabber:server:dialback' xmlns:stream='http://etherx.jabber.org/streams' "
        "from='contoso.com' to='fabrikam.com' version='1.0'>";
    CHECK(said == ours + "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + ours + "</stream:stream>");
}

TEST_CASE("a server is read the same however its words are split") {
    for (const std::size_t piece : {1U, 2U, 3U, 7U}) {
        CAPTURE(piece);
        auto script = prosody();
        script.piece = piece;
        const auto facts = look_at(script);
        CHECK(facts.outcome == ProbeOutcome::ok);
        REQUIRE(facts.secured);
        CHECK(facts.secured->offers_external());
    }
}

TEST_CASE("a server without TLS is seen by its first features") {
    using namespace test;
    const auto facts = look_at({.hello = header + fake_features(dialback_feature)});
    CHECK(facts.outcome == ProbeOutcome::ok);
    REQUIRE(facts.plain);
    CHECK(facts.plain->starttls == StartTls::none);
    CHECK(facts.plain->dialback);
    CHECK_FALSE(facts.secured);
    CHECK_FALSE(facts.tls);
}

TEST_CASE("an empty list of mechanisms is none, and errors of dialback are a feature of their own") {
    using namespace test;
    const auto facts =
        look_at({.hello = header + fake_features("<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"
                                                 "<dialback xmlns='urn:xmpp:features:dialback'><errors/></dialback>")});
    REQUIRE(facts.plain);
    CHECK(facts.plain->mechanisms.empty());
    CHECK(facts.plain->dialback);
    CHECK(facts.plain->dialback_errors);
}

TEST_CASE("a header without a version is all that an old server says") {
    for (const auto* attributes : {"", "version='0.9'"}) {
        const auto facts = look_at({.hello = test::fake_header("fabrikam.com", attributes)});
        CHECK(facts.outcome == ProbeOutcome::ok);
        REQUIRE(facts.plain);
        CHECK_FALSE(facts.plain->has_version);
    }
}

TEST_CASE("a stream error is told with its text, also when a reset follows") {
    const std::string error =
        "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
        "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>not here</text></stream:error>";
    for (const bool resets : {false, true}) {
        const auto facts = look_at({.hello = header + error + "</stream:stream>", .resets = resets});
        CHECK(facts.outcome == ProbeOutcome::stream_error);
        CHECK(facts.step == ProbeStep::header);
        REQUIRE(facts.fault);
        CHECK(facts.fault->condition == "host-unknown");
    }
}

TEST_CASE("a stream error behind TLS belongs to that step") {
    auto script = prosody();
    script.secured = header +
                     "<stream:error><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                     "</stream:error></stream:stream>";
    const auto facts = look_at(script);
    CHECK(facts.outcome == ProbeOutcome::stream_error);
    CHECK(facts.step == ProbeStep::second_header);
    CHECK(facts.fault->condition == "not-authorized");
    CHECK(facts.tls);
}

TEST_CASE("STARTTLS that is refused, or ends in nothing") {
    auto refusing = prosody();
    refusing.to_starttls = "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>";
    refusing.closes_after_proceed = true;
    CHECK(look_at(refusing).outcome == ProbeOutcome::starttls_refused);
    auto broken = prosody();
    broken.closes_after_proceed = true;
    const auto facts = look_at(broken);
    CHECK(facts.outcome == ProbeOutcome::tls_failed);
    CHECK(facts.step == ProbeStep::handshake);
}

TEST_CASE("the CAs that a server accepts are read, and its alert is told by name") {
    auto script = prosody();
    script.client_ca = certificates().ca.pem();
    const auto accepted = look_at(script);
    CHECK(accepted.outcome == ProbeOutcome::ok);
    CHECK(accepted.tls->accepted_cas == std::vector<std::string>{"CN=Test root"});
    // With TLS 1.3 it comes after the handshake.
    const auto without = look_at(script, {.with_certificate = false});
    CHECK(without.outcome == ProbeOutcome::tls_failed);
    CHECK(without.step == ProbeStep::second_header);
    CHECK(without.alert == "certificate required");
    script.client_ca = pki::self_signed({.name = "Other root", .is_ca = true}).pem();
    CHECK(look_at(script).alert == "unknown CA");
}

TEST_CASE("old TLS is spoken, so that it can be told") {
    auto script = prosody();
    script.old_tls = true;
    const auto facts = look_at(script);
    CHECK(facts.outcome == ProbeOutcome::ok);
    CHECK(facts.tls->version == "TLSv1");
}

TEST_CASE("direct TLS needs no STARTTLS") {
    auto script = prosody();
    script.direct_tls = true;
    script.hello = script.secured;
    const Options direct{.service = core::Service::xmpps_server};
    const auto facts = look_at(script, direct);
    CHECK(facts.outcome == ProbeOutcome::ok);
    CHECK_FALSE(facts.plain);
    CHECK(facts.secured->offers_external());
    CHECK(facts.tls);
}

TEST_CASE("a record that leads to a port of the other kind") {
    auto direct = prosody();
    direct.direct_tls = true;
    const auto at_direct = look_at(direct);
    CHECK((at_direct.outcome == ProbeOutcome::wrong_service || at_direct.outcome == ProbeOutcome::closed));
    const auto at_plain = look_at(prosody(), {.service = core::Service::xmpps_server, .timeout = Milliseconds{500}});
    CHECK((at_plain.outcome == ProbeOutcome::wrong_service || at_plain.outcome == ProbeOutcome::timeout));
}

TEST_CASE("a port that closes as soon as TLS begins is none for direct TLS") {
    const auto facts = look_at({.steps = {{test::FakeStep::Kind::closes}}}, {.service = core::Service::xmpps_server});
    CHECK(facts.outcome == ProbeOutcome::wrong_service);
    CHECK(facts.step == core::ProbeStep::handshake);
    CHECK_FALSE(facts.reason.empty());
    auto alone = prosody();
    alone.closes_after_proceed = true;  // behind STARTTLS it is the handshake that fails
    CHECK(look_at(alone).outcome == ProbeOutcome::tls_failed);
}

TEST_CASE("a server that lets everybody in may say behind SASL that we are not welcome") {
    auto script = prosody();
    script.to_auth =
        "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"
        "<stream:error><invalid-from xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>";
    const auto facts = look_at(script, {.authenticate = Authenticate::yes});
    CHECK(facts.authentication == core::Authentication::accepted);
    CHECK(facts.outcome == ProbeOutcome::stream_error);
    CHECK(facts.step == core::ProbeStep::authentication);
    REQUIRE(facts.fault);
    CHECK(facts.fault->condition == "invalid-from");
}

TEST_CASE("SASL is said when somebody asks for it, and its answer told") {
    auto script = prosody();
    script.to_auth = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
    CHECK(look_at(script).authentication == core::Authentication::not_tried);
    CHECK(look_at(script, {.authenticate = Authenticate::yes}).authentication == core::Authentication::accepted);
    script.to_auth =
        "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/><text>expired\x7f</text></failure>";
    const auto refused = look_at(script, {.authenticate = Authenticate::yes});
    CHECK(refused.authentication == core::Authentication::refused);
    CHECK(refused.authentication_reason == "not-authorized: expired\\x7f");
}

TEST_CASE("what is no XMPP is told as what it is, and does no harm") {
    const std::string doctype = "<!DOCTYPE lol [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;&lol;'>]>";
    std::string deep = header;
    for (int i = 0; i < 100; ++i) {
        deep += "<a>";
    }
    const std::vector<std::string> texts{
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "\x80\x81 garbage",
        "<?xml version='1.0'?><html/>",
        "<?xml version='1.0'?>" + doctype + header.substr(21),
        header + "&lol;",
        header + std::string(100'000, ' '),
        header + "<stream:features><x " + std::string(100'000, 'a'),
        deep,
        header + "<stream:features></stream:stream>",
        header + "<" + std::string(600, 'a') + "/>",
    };
    for (const auto& text : texts) {
        CAPTURE(text.substr(0, 60));
        const auto facts = look_at({.hello = text});
        CHECK(facts.outcome == ProbeOutcome::not_xmpp);
        CHECK(facts.step == ProbeStep::header);
        CHECK_FALSE(facts.reason.empty());
    }
}

TEST_CASE("silence ends with the time for a step, whichever that is") {
    const Options impatient{.timeout = Milliseconds{200}};
    const auto silent = look_at({.hello = "", .is_silent = true}, impatient);
    CHECK(silent.outcome == ProbeOutcome::timeout);
    CHECK(silent.step == ProbeStep::header);
    auto script = prosody();
    script.secured = "";
    const auto later = look_at(script, impatient);
    CHECK(later.outcome == ProbeOutcome::timeout);
    CHECK(later.step == ProbeStep::second_header);
}

TEST_CASE("a port where nobody listens") {
    std::uint16_t port = 0;
    {
        const FakeXmpp gone{{.hello = ""}};
        port = gone.port();
    }
    const auto facts = look(port);
    CHECK(facts.outcome == ProbeOutcome::unreachable);
    CHECK(facts.step == ProbeStep::connect);
    CHECK(facts.reason == "Connection refused");
}

}  // namespace xmppfed::net

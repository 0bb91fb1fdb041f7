#include "core/probe/probe_judgement.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

#include "core/probe/baseline.hpp"
#include "core/probe/probe_json.hpp"
#include "core/probe/probe_rules.hpp"

namespace xmppfed::core {

namespace {

using enum Level;
using Lines = std::vector<std::string>;

const Negotiation strict{required, required, false};
const Negotiation flexible{required, optional, true};
const Negotiation opportunistic{optional, optional, true};
const Negotiation dialback_alone{not_supported, not_supported, true};

DnsFacts dns() {
    DnsFacts facts;
    facts.domain = "fabrikam.com";
    facts.services = {{Service::xmpp_server, 0, 0, 5269, "xmpp.fabrikam.com"}};
    facts.targets = {{"xmpp.fabrikam.com", {"192.0.2.1"}}};
    facts.state = DnsState::secure;
    return facts;
}

PeerCertificate good_certificate() {
    PeerCertificate certificate;
    certificate.names = {{NameType::dns, "fabrikam.com"}};
    certificate.matches = true;
    certificate.trusted = true;
    certificate.not_after = "2026-12-31T00:00:00Z";
    certificate.days_left = 90;
    return certificate;
}

/// A server as it was seen on the wire.
struct Server {
    StartTls starttls = StartTls::required;
    bool plain_dialback = true;
    bool external = true;
    bool dialback = true;
    std::vector<std::string> cas = {};
};

// The servers of the field, with a certificate of ours that they take.
const Server prosody_required{};
const Server prosody_optional{.starttls = StartTls::optional};
const Server prosody_without_tls{.starttls = StartTls::none};
const Server ejabberd_required{.plain_dialback = false, .cas = {"CN=root"}};
const Server ejabberd_without_dialback{.plain_dialback = false, .dialback = false, .cas = {"CN=root"}};
const Server dialback_server{.external = false};

SeenEndpoint seen(const Server& server) {
    SeenEndpoint endpoint;
    auto& facts = endpoint.facts;
    facts.target = "xmpp.fabrikam.com";
    facts.address = "192.0.2.1";
    facts.port = 5269;
    facts.step = ProbeStep::done;
    facts.plain = StreamFeatures{.has_version = true, .starttls = server.starttls, .dialback = server.plain_dialback};
    if (server.starttls != StartTls::none) {
        facts.tls = TlsFacts{.version = "TLSv1.3", .certificate_requested = true, .accepted_cas = server.cas};
        facts.secured = StreamFeatures{.has_version = true, .dialback = server.dialback};
        if (server.external) {
            facts.secured->mechanisms = {"EXTERNAL"};
        }
        facts.presented_certificate = true;
        endpoint.certificate = good_certificate();
    }
    return endpoint;
}

ProbeInput input_of(const SeenEndpoint& endpoint, const std::optional<Negotiation>& configured) {
    return {.dns = dns(),
            .endpoints = {endpoint},
            .owner = {configured ? "fabrikam.com" : "", configured},
            .own = OwnCertificate::good,
            .own_issuer = "CN=root"};
}

ProbeVerdict verdict_on(const Server& server, const std::optional<Negotiation>& configured,
                        const std::function<void(ProbeInput&)>& change = {}) {
    auto input = input_of(seen(server), configured);
    if (change) {
        change(input);
    }
    return judge_probe(input);
}

Lines ids(const ProbeVerdict& verdict) {
    Lines lines;
    for (const auto& each : verdict.diagnostics) {
        lines.push_back(std::string{name(each.severity)} + " " + std::string{each.rule_id()});
        CHECK_FALSE(each.message.empty());
        CHECK_FALSE(each.hint.empty());
    }
    return lines;
}

std::string observed_text(const ProbeVerdict& verdict) {
    const auto& observed = verdict.observed.value();
    return std::string{name_of(observed.tls)} + " " + std::string{name_of(observed.sasl)} + " " +
           (observed.dialback ? "dialback" : "-");
}

std::string chosen(const Prediction& prediction) {
    return prediction.methods.empty() ? "none" : std::string{name_of(prediction.methods.front())};
}

/// Changes the only endpoint.
std::function<void(ProbeInput&)> at_endpoint(std::function<void(SeenEndpoint&)> change) {
    return [change = std::move(change)](ProbeInput& input) { change(input.endpoints.front()); };
}

bool names_preset(const std::string& hint) {
    return hint.find("--preset") != std::string::npos;
}

}  // namespace

TEST_CASE("servers of the field are observed as what they are") {
    CHECK(observed_text(verdict_on(prosody_required, strict)) == "required offered dialback");
    CHECK(observed_text(verdict_on(prosody_optional, strict)) == "optional offered dialback");
    CHECK(observed_text(verdict_on(prosody_without_tls, strict)) == "not-supported not-offered dialback");
    CHECK(observed_text(verdict_on(ejabberd_required, strict)) == "required offered dialback");
    CHECK(observed_text(verdict_on(ejabberd_without_dialback, strict)) == "required required -");
    CHECK(observed_text(verdict_on(dialback_server, strict)) == "required not-offered dialback");
}

TEST_CASE("what works is no finding, in both directions") {
    for (const auto& server : {prosody_required, prosody_optional}) {
        for (const auto& configured : {strict, flexible, opportunistic}) {
            const auto verdict = verdict_on(server, configured);
            CHECK(ids(verdict).empty());
            CHECK(chosen(verdict.outgoing) == "sasl-over-tls");
            CHECK(chosen(verdict.incoming) == "sasl-over-tls");
            CHECK(verdict.outgoing.certain);
            CHECK_FALSE(verdict.suggestion);
        }
    }
}

TEST_CASE("SASL is required here, and their server offers only dialback") {
    const auto verdict = verdict_on(dialback_server, strict);
    CHECK(ids(verdict) ==
          Lines{"error probe-sasl-not-offered", "error probe-no-common-method", "error probe-no-common-method"});
    CHECK(verdict.diagnostics.front().message ==
          "SASL is required here; their server offers only dialback: this will fail");
    CHECK(chosen(verdict.outgoing) == "none");
    REQUIRE(verdict.suggestion);
    CHECK(verdict.suggestion->command == "xmppfed partner edit fabrikam.com --preset flexible");
    CHECK(verdict.suggestion->settings == flexible);

    const auto lenient = verdict_on(dialback_server, flexible);
    CHECK(ids(lenient) == Lines{"warning probe-sasl-not-offered"});
    CHECK(lenient.diagnostics.front().hint == "ask the partner for SASL EXTERNAL");
    CHECK(chosen(lenient.outgoing) == "tls-dialback");
    CHECK_FALSE(lenient.suggestion);
}

TEST_CASE("without a good certificate of ours nothing is said of SASL") {
    const auto without = [](ProbeInput& input) {
        input.own = OwnCertificate::none;
        input.own_issuer.clear();
        input.endpoints.front().facts.presented_certificate = false;
    };
    for (const auto& server : {dialback_server, ejabberd_required}) {
        const auto verdict = verdict_on(server, flexible, without);
        CHECK(ids(verdict) == Lines{"info probe-sasl-unknown"});
        CHECK(verdict.observed->sasl == SaslSeen::unknown);
        CHECK_FALSE(verdict.outgoing.certain);
        CHECK_THAT(verdict.diagnostics.front().hint, Catch::Matchers::Contains("`--certificate` and `--key`"));
    }
    const auto unsound =
        verdict_on(dialback_server, flexible, [](ProbeInput& input) { input.own = OwnCertificate::unsound; });
    CHECK(ids(unsound) == Lines{"info probe-sasl-unknown"});
}

TEST_CASE("who asks for no certificate and offers no EXTERNAL does not take ours") {
    const auto unasked = at_endpoint([](SeenEndpoint& endpoint) {
        endpoint.facts.tls->certificate_requested = false;
        endpoint.facts.presented_certificate = false;
    });
    const auto verdict = verdict_on(dialback_server, strict, unasked);
    CHECK(ids(verdict) ==
          Lines{"error probe-sasl-not-offered", "error probe-no-common-method", "error probe-no-common-method"});
    CHECK(verdict.observed->sasl == SaslSeen::not_offered);
    CHECK(ids(verdict_on(dialback_server, flexible, unasked)) == Lines{"warning probe-sasl-not-offered"});
    CHECK(ids(verdict_on(prosody_required, strict, unasked)) == Lines{"info probe-sasl-unknown"});
    for (const auto own : {OwnCertificate::none, OwnCertificate::unsound}) {
        const auto judged = verdict_on(dialback_server, strict, [&](ProbeInput& input) {
            unasked(input);
            input.own = own;
        });
        CHECK(ids(judged) == Lines{"info probe-sasl-unknown"});
    }
}

TEST_CASE("TLS that one side requires and the other does not have") {
    CHECK(ids(verdict_on(prosody_without_tls, strict)) ==
          Lines{"error probe-tls-missing", "error probe-no-common-method", "error probe-no-common-method"});
    const auto lenient = verdict_on(prosody_without_tls, opportunistic);
    CHECK(ids(lenient) == Lines{"warning probe-tls-missing"});
    CHECK(lenient.diagnostics.front().hint == "tell the partner: load a certificate for fabrikam.com");
    CHECK(chosen(lenient.outgoing) == "tcp-dialback");

    const auto split = verdict_on(prosody_required, dialback_alone);
    CHECK(ids(split) ==
          Lines{"error probe-tls-required-there", "error probe-no-common-method", "error probe-no-common-method"});
    CHECK(chosen(split.outgoing) == "none");
    REQUIRE(split.suggestion);
    CHECK(split.suggestion->command == "xmppfed partner edit fabrikam.com --preset strict");
    CHECK(chosen(verdict_on(prosody_optional, dialback_alone).outgoing) == "tcp-dialback");
}

TEST_CASE("a server without dialback leaves nothing when SASL fails") {
    const auto verdict = verdict_on(ejabberd_without_dialback, flexible,
                                    [](ProbeInput& input) { input.own_issuer = "CN=another root"; });
    CHECK(ids(verdict) == Lines{"error probe-certificate-refused", "error probe-dialback-not-offered"});
    CHECK(chosen(verdict.outgoing) == "none");
    CHECK(chosen(verdict.incoming) == "sasl-over-tls");
}

TEST_CASE("faults of their certificate are errors where nothing else is configured") {
    struct Case {
        std::string rule;
        std::function<void(PeerCertificate&)> change;
    };
    const std::vector<Case> cases{
        {"probe-cert-expired", [](auto& it) { it.is_expired = true; }},
        {"probe-cert-not-yet-valid", [](auto& it) { it.is_not_yet_valid = true; }},
        {"probe-cert-untrusted", [](auto& it) { it.trusted = false, it.trust_error = "it is self-signed"; }},
        {"probe-cert-name-mismatch", [](auto& it) { it.matches = false; }},
    };
    for (const auto& [rule, change] : cases) {
        CAPTURE(rule);
        const auto broken = at_endpoint([&, do_change = change](SeenEndpoint& it) { do_change(*it.certificate); });
        const auto verdict = verdict_on(prosody_required, strict, broken);
        CHECK(ids(verdict) == Lines{"error " + rule, "error probe-no-common-method", "error probe-no-common-method"});
        CHECK(names_preset(verdict.diagnostics.front().hint) == (rule != "probe-cert-not-yet-valid"));
        const auto lenient = verdict_on(prosody_required, flexible, broken);
        CHECK_FALSE(names_preset(lenient.diagnostics.front().hint));  // it has it already
        CHECK(ids(lenient) == Lines{"warning " + rule, "warning probe-weaker-than-agreed"});
        CHECK(chosen(lenient.outgoing) == "tls-dialback");
    }
}

TEST_CASE("a certificate that secure TLSA records do not know proves nothing") {
    const auto differs = at_endpoint([](SeenEndpoint& it) { it.certificate->dane = Dane::differs; });
    const auto verdict = verdict_on(prosody_required, flexible, differs);
    CHECK(ids(verdict) == Lines{"error probe-dane-mismatch", "warning probe-weaker-than-agreed"});
    CHECK(chosen(verdict.outgoing) == "tls-dialback");
}

TEST_CASE("what is worth knowing of their certificate") {
    const auto change = at_endpoint([](SeenEndpoint& it) {
        it.certificate->expires_soon = true;
        it.certificate->weakness = "the key is RSA, 1024 bits";
        it.certificate->client_auth = false;
        it.facts.tls->version = "TLSv1.1";
    });
    CHECK(ids(verdict_on(prosody_required, strict, change)) ==
          Lines{"warning probe-tls-old", "warning probe-cert-expires-soon", "warning probe-cert-weak",
                "info probe-cert-client-auth-missing"});
}

TEST_CASE("an endpoint that cannot be used says why") {
    const auto with = [](ProbeOutcome outcome, ProbeStep step, std::string condition = {}, std::string alert = {}) {
        auto input = input_of({}, flexible);
        auto& facts = input.endpoints.front().facts;
        facts.target = "xmpp.fabrikam.com";
        facts.address = "192.0.2.1";
        facts.outcome = outcome;
        facts.step = step;
        facts.alert = std::move(alert);
        if (!condition.empty()) {
            facts.fault = StreamFault{condition, "no\x1b"};
        }
        return judge_probe(input);
    };
    using enum ProbeOutcome;
    const auto first = [](const ProbeVerdict& verdict) { return ids(verdict).at(0); };
    CHECK(ids(with(unreachable, ProbeStep::connect)) == Lines{"error probe-unreachable"});
    CHECK(ids(with(no_route, ProbeStep::connect)) == Lines{"error probe-unreachable"});
    CHECK_THAT(with(no_route, ProbeStep::connect).diagnostics.front().hint, Catch::Matchers::Contains("network"));
    const auto lost = [](ProbeOutcome outcome) {
        auto input = input_of({}, flexible);
        input.endpoints.front().facts.target = "gate.example";
        input.endpoints.front().facts.outcome = outcome;
        return judge_probe(input).diagnostics.front();
    };
    CHECK_THAT(lost(unreachable).message, Catch::Matchers::StartsWith("no connection to gate.example (port "));
    CHECK_THAT(lost(unreachable).hint, Catch::Matchers::Contains("the name of the host"));
    CHECK_THAT(lost(no_route).hint, Catch::Matchers::Contains("`--resolver`"));
    CHECK(ids(with(timeout, ProbeStep::header)) == Lines{"error probe-timeout", "error probe-unreachable"});
    CHECK(first(with(not_xmpp, ProbeStep::header)) == "error probe-not-xmpp");
    const auto hint = [](const ProbeVerdict& verdict) { return verdict.diagnostics.at(0).hint; };
    CHECK(first(with(closed, ProbeStep::header)) == "error probe-not-xmpp");
    CHECK_THAT(hint(with(closed, ProbeStep::header)), Catch::Matchers::Contains("SRV record"));
    CHECK_THAT(hint(with(closed, ProbeStep::authentication)), Catch::Matchers::Contains("`--authenticate`"));
    CHECK(first(with(starttls_refused, ProbeStep::starttls)) == "error probe-tls-failed");
    CHECK(first(with(tls_failed, ProbeStep::handshake)) == "error probe-tls-failed");
    CHECK(first(with(tls_failed, ProbeStep::handshake, "", "handshake failure")) == "error probe-tls-failed");
    CHECK(first(with(wrong_service, ProbeStep::header)) == "warning probe-wrong-service");
    for (const auto* condition : {"host-unknown", "host-gone", "improper-addressing"}) {
        CHECK(first(with(stream_error, ProbeStep::header, condition)) == "error probe-host-unknown");
    }
    for (const auto* condition : {"policy-violation", "not-allowed", "invalid-from", "resource-constraint"}) {
        CHECK(first(with(stream_error, ProbeStep::header, condition)) == "error probe-not-welcome");
    }
    for (const auto* alert : {"unknown CA", "certificate required", "certificate expired"}) {
        CHECK(first(with(tls_failed, ProbeStep::second_header, "", alert)) == "error probe-certificate-refused");
    }
    const auto refused = with(stream_error, ProbeStep::second_header, "not-authorized");
    CHECK(first(refused) == "error probe-certificate-refused");
    CHECK(refused.diagnostics.front().message.find("'no\\x1b'") != std::string::npos);
    CHECK(refused.observed->sasl == SaslSeen::required);
}

TEST_CASE("who presents no certificate is not told that it was refused") {
    const auto told = [](ProbeOutcome outcome, const char* condition, const char* alert) {
        auto input = input_of({}, flexible);
        input.own = OwnCertificate::none;
        auto& facts = input.endpoints.front().facts;
        facts.target = "xmpp.fabrikam.com";
        facts.address = "192.0.2.1";
        facts.outcome = outcome;
        facts.step = ProbeStep::second_header;
        facts.alert = alert;
        if (*condition != '\0') {
            facts.fault = StreamFault{condition, {}};
        }
        return judge_probe(input).diagnostics.front();
    };
    const auto by_stream = told(ProbeOutcome::stream_error, "not-authorized", "");
    CHECK(by_stream.rule == &rule::probe_certificate_refused);
    CHECK(by_stream.message ==
          "xmpp.fabrikam.com (192.0.2.1, port 0) wants a certificate of ours, and none was presented: not-authorized");
    CHECK_THAT(by_stream.hint, Catch::Matchers::Contains("`--certificate` and `--key`"));
    const auto by_alert = told(ProbeOutcome::tls_failed, "", "certificate required");
    CHECK(by_alert.rule == &rule::probe_certificate_refused);
    CHECK(by_alert.message ==
          "xmpp.fabrikam.com (192.0.2.1, port 0) wants a certificate of ours, and none was presented: the TLS alert "
          "\"certificate required\"");
    const auto by_sasl = verdict_on(prosody_required, flexible, [](ProbeInput& input) {
                             input.own = OwnCertificate::none;
                             auto& facts = input.endpoints.front().facts;
                             facts.presented_certificate = false;
                             facts.authentication = Authentication::refused;
                             facts.authentication_reason = "not-authorized";
                         }).diagnostics.front();
    CHECK(by_sasl.rule == &rule::probe_certificate_refused);
    CHECK_THAT(by_sasl.message, Catch::Matchers::EndsWith("for SASL EXTERNAL, and none was presented: not-authorized"));
}

TEST_CASE("one of several that is down is a warning, and one without a route is passed over") {
    auto down = seen(prosody_required);
    down.facts.outcome = ProbeOutcome::unreachable;
    down.facts.reason = "Connection refused";
    const auto with_down = [&](ProbeInput& input) { input.endpoints.insert(input.endpoints.begin(), down); };
    CHECK(ids(verdict_on(prosody_required, strict, with_down)) == Lines{"warning probe-endpoint-down"});
    down.facts.outcome = ProbeOutcome::no_route;
    CHECK(ids(verdict_on(prosody_required, strict, with_down)).empty());
    CHECK(ids(verdict_on(prosody_required, strict, [](ProbeInput& input) {
              input.endpoints.push_back(seen(dialback_server));
          })) == Lines{"warning probe-endpoints-differ"});
}

TEST_CASE("an old server speaks dialback alone") {
    const auto legacy = at_endpoint([](SeenEndpoint& it) {
        it.facts.plain = StreamFeatures{};
        it.facts.secured.reset();
        it.facts.tls.reset();
        it.certificate.reset();
    });
    CHECK(ids(verdict_on(prosody_required, dialback_alone, legacy)) == Lines{"info probe-legacy-stream"});
    const auto refused = verdict_on(prosody_required, strict, legacy);
    CHECK(ids(refused).front() == "error probe-legacy-stream");
    REQUIRE(refused.suggestion);
    CHECK_THAT(refused.diagnostics.front().hint, Catch::Matchers::Contains("`" + refused.suggestion->command + "`"));
    CHECK(verdict_on(prosody_required, dialback_alone, legacy).diagnostics.front().hint ==
          "tell the partner: a server of this century is needed");
    CHECK(chosen(verdict_on(prosody_required, dialback_alone, legacy).outgoing) == "tcp-dialback");
}

TEST_CASE("what DNS says comes first, and nothing else is said where nothing could be tried") {
    auto input = input_of({}, strict);
    input.endpoints.clear();
    input.dns.services.clear();
    input.dns.targets = {{"fabrikam.com"}};
    const auto verdict = judge_probe(input);
    CHECK(ids(verdict) == Lines{"error dns-no-address"});
    CHECK_FALSE(verdict.observed);
    input.dns = dns();
    CHECK(ids(judge_probe(input)) == Lines{"error probe-unreachable"});
    input.out_of_time = true;
    CHECK(ids(judge_probe(input)) == Lines{"error probe-timeout"});
    input.out_of_time = false;
    input.dns.targets = {{"xmpp.fabrikam.com"}};
    CHECK(ids(judge_probe(input)) == Lines{"warning dns-target-no-address", "error probe-unreachable"});
    input.dns.services.front().target = ".";
    input.dns.targets.clear();
    CHECK(ids(judge_probe(input)) == Lines{"error dns-service-refused"});
    input.dns.failure = DnsFailure::bogus;
    CHECK(ids(judge_probe(input)) == Lines{"error dns-bogus"});
}

TEST_CASE("somebody who is no partner yet gets the strongest preset that fits") {
    const auto command = [](const Server& server) {
        const auto verdict = verdict_on(server, std::nullopt);
        return verdict.suggestion ? verdict.suggestion->command : "";
    };
    CHECK(command(prosody_required) == "xmppfed partner new --primary fabrikam.com --preset strict");
    CHECK(command(dialback_server) == "xmppfed partner new --primary fabrikam.com --preset flexible");
    CHECK(command(prosody_without_tls) == "xmppfed partner new --primary fabrikam.com --preset opportunistic");
}

TEST_CASE("a server with which nothing works is an error also for somebody who is no partner yet") {
    const Server mute{.plain_dialback = false, .external = false, .dialback = false};
    const auto verdict = verdict_on(mute, std::nullopt);
    CHECK_FALSE(verdict.suggestion);
    CHECK(ids(verdict) == Lines{"warning probe-sasl-not-offered", "error probe-dialback-not-offered",
                                "error probe-dialback-not-offered"});
    const Server before_tls{.external = false, .dialback = false};  // dialback is offered unencrypted, and not behind
    CHECK(ids(verdict_on(before_tls, std::nullopt)).back() == "error probe-dialback-not-offered");
    const Server plain{.starttls = StartTls::optional, .external = false, .dialback = false};
    const auto unencrypted = verdict_on(plain, std::nullopt);
    CHECK(unencrypted.suggestion->command == "xmppfed partner new --primary fabrikam.com --preset dialback");
    CHECK(ids(unencrypted) == Lines{"warning probe-sasl-not-offered"});
}

TEST_CASE("SASL that was tried is no permission where everybody is offered it") {
    const auto accepted = at_endpoint([](SeenEndpoint& it) { it.facts.authentication = Authentication::accepted; });
    CHECK_FALSE(verdict_on(ejabberd_required, strict, accepted).outgoing.certain);
    CHECK_FALSE(verdict_on(ejabberd_required, strict).outgoing.certain);
    CHECK(verdict_on(prosody_required, strict, accepted).outgoing.certain);
    const auto refused = verdict_on(ejabberd_required, strict, at_endpoint([](SeenEndpoint& it) {
                                        it.facts.authentication = Authentication::refused;
                                        it.facts.authentication_reason = "not-authorized";
                                    }));
    CHECK(ids(refused).front() == "error probe-certificate-refused");
}

TEST_CASE("what ended in an error is not certain") {
    const auto verdict = verdict_on(prosody_required, strict, at_endpoint([](SeenEndpoint& it) {
                                        it.facts.outcome = ProbeOutcome::stream_error;
                                        it.facts.step = ProbeStep::authentication;
                                        it.facts.fault = StreamFault{"invalid-from", ""};
                                    }));
    CHECK(chosen(verdict.outgoing) == "sasl-over-tls");
    CHECK_FALSE(verdict.outgoing.certain);
    CHECK_FALSE(verdict.incoming.certain);
    CHECK(ids(verdict) == Lines{"error probe-not-welcome", "error probe-unreachable"});
}

TEST_CASE("a domain that is hosted by its A-labels alone is told with the form to set up") {
    const auto as_a_label = [](SeenEndpoint& it) { it.facts.asked_as_a_label = true; };
    const auto of_umlauts = [&](ProbeInput& input) {
        input.dns.domain = "xn--bcher-kva.example";
        as_a_label(input.endpoints.front());
    };
    const auto verdict = verdict_on(prosody_required, strict, of_umlauts);
    REQUIRE(ids(verdict) == Lines{"error probe-host-unknown"});
    CHECK_THAT(verdict.diagnostics.front().message,
               Catch::Matchers::Contains("does not serve bücher.example") &&
                   Catch::Matchers::Contains("but xn--bcher-kva.example, by its A-labels"));
    CHECK_THAT(verdict.diagnostics.front().hint, Catch::Matchers::Contains("`bücher.example`"));
    CHECK_FALSE(verdict.outgoing.certain);
    const auto unknown = verdict_on(prosody_required, strict, [&](ProbeInput& input) {
        of_umlauts(input);
        auto& facts = input.endpoints.front().facts;
        facts = EndpointFacts{};
        facts.outcome = ProbeOutcome::stream_error;
        facts.fault = StreamFault{"host-unknown", ""};
        facts.asked_as_a_label = true;
        input.endpoints.front().certificate.reset();
    });
    CHECK(ids(unknown) == Lines{"error probe-host-unknown", "error probe-unreachable"});
    CHECK_THAT(unknown.diagnostics.front().message,
               Catch::Matchers::Contains("bücher.example, nor xn--bcher-kva.example"));
}

TEST_CASE("dialback that is offered before TLS alone holds for who never encrypts") {
    const Server before_tls{.starttls = StartTls::optional, .external = false, .dialback = false};
    const auto encrypted = verdict_on(before_tls, flexible);
    CHECK(observed_text(encrypted) == "optional not-offered -");
    CHECK(ids(encrypted) == Lines{"warning probe-sasl-not-offered", "error probe-dialback-not-offered",
                                  "error probe-dialback-not-offered"});
    CHECK_FALSE(encrypted.outgoing.certain);
    const auto plain = verdict_on(before_tls, dialback_alone);
    CHECK(observed_text(plain) == "optional not-offered dialback");
    CHECK(chosen(plain.outgoing) == "tcp-dialback");
    CHECK_FALSE(plain.outgoing.certain);
    CHECK(observed_text(verdict_on(ejabberd_required, dialback_alone)) == "required offered dialback");
}

TEST_CASE("days that are over are told as such") {
    const auto message = [](std::int64_t days) {
        const auto verdict = verdict_on(prosody_required, strict, at_endpoint([&](SeenEndpoint& it) {
                                            it.certificate->expires_soon = true;
                                            it.certificate->days_left = days;
                                        }));
        return verdict.diagnostics.at(0).message;
    };
    CHECK_THAT(message(5), Catch::Matchers::Contains("ends in 5 days ("));
    CHECK_THAT(message(0), Catch::Matchers::Contains("ends today ("));
    CHECK_THAT(message(-2), Catch::Matchers::Contains("ended 2 days ago ("));
}

TEST_CASE("nobody could look where no resolver tells, or nothing leads out") {
    auto input = input_of(seen(prosody_required), strict);
    CHECK(was_seen(input));
    input.endpoints.front().facts.outcome = ProbeOutcome::no_route;
    CHECK_FALSE(was_seen(input));
    input.endpoints.push_back(seen(prosody_required));
    CHECK(was_seen(input));
    for (const auto failure : {DnsFailure::silent, DnsFailure::refused}) {
        input.dns.failure = failure;
        CHECK_FALSE(was_seen(input));
    }
    input.has_dns = false;
    CHECK(was_seen(input));
}

TEST_CASE("a baseline knows what has changed, and that days pass") {
    auto input = input_of(seen(prosody_required), strict);
    const auto before = to_json(input, judge_probe(input));
    const auto document =
        Json::object({{"format_version", "1.7"}, {"kind", "probe"}, {"partners", Json::array({before})}}).dump();
    const Baseline baseline{document};
    CHECK_FALSE(baseline.differs(before));
    input.endpoints.front().certificate->days_left = 89;
    CHECK_FALSE(baseline.differs(to_json(input, judge_probe(input))));
    input.endpoints.front().facts.secured->mechanisms.clear();
    CHECK(baseline.differs(to_json(input, judge_probe(input))));
    input.dns.domain = "new.example";
    CHECK(baseline.differs(to_json(input, judge_probe(input))));
    for (const auto* text :
         {"", "[]", "{}", "{", R"({"format_version": "1.0", "kind": "plan", "partners": []})",
          R"({"format_version": "1.0", "kind": "probe"})",
          R"({"format_version": "2.0", "kind": "probe", "partners": []})",
          R"({"format_version": 1, "kind": "probe", "partners": []})", R"({"kind": "probe", "partners": []})"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(Baseline{text}, Error);
    }
    CHECK_THROWS_AS(Baseline{std::string(100, '[')}, Error);
}

}  // namespace xmppfed::core

#include <catch2/catch.hpp>

#include <functional>

#include "core/probe/probe_judgement.hpp"

// What administrators report, as it shows on the wire or in DNS, and what they have to be told.

namespace xmppfed::core::symptoms {

namespace {

const Negotiation strict{Level::required, Level::required, false};
const Negotiation flexible{Level::required, Level::optional, true};
const Negotiation without_tls{Level::not_supported, Level::not_supported, true};

/// A sound server of fabrikam.com, to somebody with a good certificate.
SeenEndpoint sound(const std::string& address = "192.0.2.1") {
    SeenEndpoint seen;
    seen.facts = {.target = "xmpp.fabrikam.com", .address = address, .port = 5269, .step = ProbeStep::done};
    seen.facts.plain = StreamFeatures{.has_version = true, .starttls = StartTls::required, .dialback = true};
    seen.facts.secured = StreamFeatures{.has_version = true, .mechanisms = {"EXTERNAL"}, .dialback = true};
    seen.facts.tls = TlsFacts{.version = "TLSv1.3", .certificate_requested = true};
    seen.facts.presented_certificate = true;
    seen.certificate.emplace();
    seen.certificate->names = {{NameType::dns, "fabrikam.com"}};
    seen.certificate->matches = true;
    seen.certificate->trusted = true;
    seen.certificate->not_after = "2026-12-31T00:00:00Z";
    return seen;
}

SeenEndpoint broken(ProbeOutcome outcome, ProbeStep step, const std::string& address = "192.0.2.1") {
    SeenEndpoint seen;
    seen.facts = {.target = "xmpp.fabrikam.com", .address = address, .port = 5269, .outcome = outcome, .step = step};
    return seen;
}

SeenEndpoint ended(ProbeStep step, const std::string& condition, const std::string& text = {}) {
    auto seen = broken(ProbeOutcome::stream_error, step);
    seen.facts.fault = StreamFault{condition, text};
    return seen;
}

ProbeInput input_of(std::vector<SeenEndpoint> endpoints, const Negotiation& configured = flexible) {
    ProbeInput input{.dns = {},
                     .endpoints = std::move(endpoints),
                     .owner = {"fabrikam.com", configured},
                     .own = OwnCertificate::good};
    input.dns.domain = "fabrikam.com";
    input.dns.services = {{Service::xmpp_server, 0, 0, 5269, "xmpp.fabrikam.com"}};
    input.dns.targets = {{"xmpp.fabrikam.com", {"192.0.2.1"}}};
    input.dns.state = DnsState::secure;
    return input;
}

/// As if there were no SRV record.
ProbeInput fallback(std::vector<SeenEndpoint> endpoints) {
    auto input = input_of(std::move(endpoints));
    input.dns.services.clear();
    input.dns.targets = {{"fabrikam.com", {"192.0.2.1"}}};
    return input;
}

/// The findings, each in a line: severity, rule, message and hint.
std::string told(const ProbeInput& input) {
    std::string text;
    for (const auto& each : judge_probe(input).diagnostics) {
        text += std::string{name(each.severity)} + " " + std::string{each.rule_id()} + ": " + each.message + " | " +
                each.hint + "\n";
    }
    return text;
}

struct Row {
    const char* symptom;
    ProbeInput input;
    std::vector<std::string> words;       ///< that are told
    std::vector<std::string> never = {};  ///< and these not
};

template <class Change>
ProbeInput changed(ProbeInput input, Change change) {
    change(input);
    return input;
}

SeenEndpoint with_certificate(const std::function<void(PeerCertificate&)>& change) {
    auto seen = sound();
    change(*seen.certificate);
    return seen;
}

std::vector<Row> rows() {
    using enum ProbeOutcome;
    auto rejected = ended(ProbeStep::second_header, "not-authorized", "not trusted\x1b[2J");
    rejected.facts.plain = sound().facts.plain;
    rejected.facts.tls = sound().facts.tls;
    auto dialback_only = sound();
    dialback_only.facts.secured->mechanisms.clear();
    auto no_tls = sound();
    no_tls.facts.plain->starttls = StartTls::none;
    no_tls.facts.secured.reset();
    no_tls.facts.tls.reset();
    no_tls.certificate.reset();
    auto plain_behind_direct = broken(wrong_service, ProbeStep::handshake);
    plain_behind_direct.facts.service = Service::xmpps_server;
    auto no_handshake = broken(tls_failed, ProbeStep::handshake);
    no_handshake.facts.reason = "it closed without an alert";
    auto refused = broken(unreachable, ProbeStep::connect, "2001:db8::1");
    refused.facts.reason = "Connection refused";
    return {
        {"no SRV, and the domain's address is another machine",
         fallback({ended(ProbeStep::header, "host-unknown")}),
         {"info dns-fallback", "error probe-host-unknown", "`_xmpp-server._tcp.fabrikam.com`"}},
        {"no SRV, and it works",
         fallback({sound()}),
         {"info dns-fallback", "some do not even try"},
         {"error", "warning"}},
        {"the IPv6 address is dead, and IPv4 works",
         input_of({refused, sound()}),
         {"warning probe-endpoint-down", "2001:db8::1", "Connection refused"},
         {"error"}},
        {"a record for direct TLS leads to STARTTLS",
         input_of({plain_behind_direct, sound()}),
         {"warning probe-wrong-service", "_xmpps-server"},
         {"error", "probe-endpoint-down"}},
        {"the port is behind a proxy for web sites",
         input_of({broken(timeout, ProbeStep::connect)}),
         {"error probe-timeout", "connect", "CDN"}},
        {"it takes the connection, and never says a word",
         input_of({broken(timeout, ProbeStep::header)}),
         {"error probe-timeout", "header", "CDN"}},
        {"they require TLS, and it is not supported here",
         input_of({sound()}, without_tls),
         {"error probe-tls-required-there", "wait until a timeout", "xmppfed partner edit fabrikam.com"}},
        {"TLS is required here, and not offered",
         input_of({no_tls}, strict),
         {"error probe-tls-missing", "load a certificate", "--preset dialback"}},
        {"the connection dies behind proceed",
         input_of({no_handshake}),
         {"error probe-tls-failed", "closed without an alert", "can read the certificate and its key"}},
        {"they forgot to renew",
         input_of({with_certificate([](auto& it) { it.is_expired = true; })}, strict),
         {"error probe-cert-expired", "2026-12-31", "--preset flexible"}},
        {"it was renewed, and the server not restarted",
         input_of({with_certificate([](auto& it) { it.expires_soon = true; })}),
         {"warning probe-cert-expires-soon", "restarted, not only reloaded"},
         {"error"}},
        {"self-signed",
         input_of({with_certificate([](auto& it) { it.trusted = false, it.trust_error = "it is self-signed"; })}),
         {"warning probe-cert-untrusted", "self-signed"},
         {"error"}},
        {"the certificate is that of the host",
         input_of({with_certificate([](auto& it) {
             it.matches = false;
             it.names = {{NameType::dns, "xmpp.fabrikam.com"}};
         })}),
         {"probe-cert-name-mismatch", "does not name fabrikam.com, but xmpp.fabrikam.com"}},
        {"their server speaks dialback only",
         input_of({dialback_only}, strict),
         {"error probe-sasl-not-offered", "offers only dialback: this will fail", "--preset flexible"}},
        {"the same to somebody whose own certificate has a fault",
         changed(input_of({dialback_only}), [](auto& it) { it.own = OwnCertificate::unsound; }),
         {"info probe-sasl-unknown", "our own certificate has a fault"},
         {"probe-sasl-not-offered", "error"}},
        {"our certificate is not trusted there",
         input_of({rejected}),
         {"error probe-certificate-refused", "not trusted\\x1b[2J", "send the whole chain"}},
        {"we are not on their list",
         input_of({ended(ProbeStep::header, "policy-violation", "who are you")}),
         {"error probe-not-welcome", "'who are you'", "allow each of our domains"}},
    };
}

}  // namespace

TEST_CASE("what administrators report is told with its cause, and with what to do") {
    for (const auto& row : rows()) {
        const auto text = told(row.input);
        CAPTURE(row.symptom, text);
        for (const auto& word : row.words) {
            CHECK_THAT(text, Catch::Matchers::Contains(word));
        }
        for (const auto& word : row.never) {
            CHECK_THAT(text, !Catch::Matchers::Contains(word));
        }
    }
}

TEST_CASE("every fault tells how far the look came") {
    using enum ProbeOutcome;
    const auto steps = values_of<ProbeStep>();
    for (const auto step : {ProbeStep::connect, ProbeStep::header, ProbeStep::starttls, ProbeStep::second_header,
                            ProbeStep::authentication}) {
        const auto& meaning = steps[static_cast<std::size_t>(step)].meaning;
        for (const auto outcome : {timeout, closed}) {
            CHECK_THAT(told(input_of({broken(outcome, step)})), Catch::Matchers::Contains(std::string{meaning}));
        }
    }
}

}  // namespace xmppfed::core::symptoms

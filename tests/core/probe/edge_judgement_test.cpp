#include "core/probe/edge_judgement.hpp"

#include <catch2/catch.hpp>

#include <functional>

#include "core/probe/probe_rules.hpp"

namespace xmppfed::core {

namespace {

using RuleLines = std::vector<std::string>;

/// Our server as it should be: TLS, the certificate that is assigned, and records that lead to it.
EdgeProbeInput sound_edge() {
    SeenEndpoint endpoint;
    auto& facts = endpoint.facts;
    facts.target = "sip.contoso.com";
    facts.address = "192.0.2.1";
    facts.port = 5269;
    facts.step = ProbeStep::done;
    facts.plain = StreamFeatures{.has_version = true, .starttls = StartTls::required};
    facts.tls = TlsFacts{.version = "TLSv1.3"};
    facts.secured = StreamFeatures{.has_version = true, .dialback = true};
    endpoint.certificate = PeerCertificate{};
    endpoint.certificate->names = {{NameType::dns, "contoso.com"}};
    endpoint.certificate->matches = true;
    endpoint.certificate->trusted = true;
    endpoint.certificate->not_after = "2026-12-31T00:00:00Z";
    endpoint.certificate->days_left = 90;
    EdgeProbeInput input{.probe = {}, .needed = {}, .fingerprints = {"AA"}, .certificates = {}};
    input.probe.dns.domain = "contoso.com";
    input.probe.has_dns = false;
    input.probe.endpoints = {endpoint};
    input.certificates = {{1, "BB", "2026-03-01T00:00:00Z", false}, {2, "AA", "2026-12-31T00:00:00Z", true}};
    return input;
}

struct Outcome {
    RuleLines ids;
    std::string text;  ///< of messages and hints
};

Outcome judged(const std::function<void(EdgeProbeInput&, SeenEndpoint&)>& change) {
    auto input = sound_edge();
    change(input, input.probe.endpoints.front());
    Outcome outcome;
    for (const auto& each : judge_edge_probe(input).diagnostics) {
        outcome.ids.push_back(std::string{name(each.severity)} + " " + std::string{each.rule_id()});
        outcome.text += each.message + " | " + each.hint + "\n";
        CHECK_FALSE(each.hint.empty());
        CHECK(each.partner.empty());
        CHECK(each.hint.find("the partner") == std::string::npos);
    }
    return outcome;
}

}  // namespace

TEST_CASE("an edge that serves what is assigned has no finding, and no outlook") {
    const auto input = sound_edge();
    const auto verdict = judge_edge_probe(input);
    CHECK(verdict.diagnostics.empty());
    CHECK(verdict.observed->tls == Level::required);
    CHECK(verdict.outgoing.methods.empty());
    CHECK_FALSE(verdict.suggestion);
}

TEST_CASE("another certificate than the assigned one is told, with what it is") {
    const auto replaced = judged([](auto& input, auto&) { input.fingerprints = {"BB"}; });
    CHECK(replaced.ids == RuleLines{"error edge-serves-other-certificate"});
    CHECK_THAT(replaced.text, Catch::Matchers::Contains("of request 1 for contoso.com, not that of request 2") &&
                                  Catch::Matchers::Contains("was not reloaded"));
    const auto unknown = judged([](auto& input, auto&) { input.fingerprints = {"CC"}; });
    CHECK(unknown.ids == RuleLines{"error edge-serves-other-certificate"});
    CHECK_THAT(unknown.text, Catch::Matchers::Contains("on no record here"));
    const auto foreign = judged([](auto& input, auto& seen) {
        input.fingerprints = {"CC"};
        seen.certificate->matches = false;
    });
    CHECK(foreign.ids == RuleLines{"error probe-cert-name-mismatch", "error edge-serves-other-certificate"});
    CHECK_THAT(foreign.text, Catch::Matchers::Contains("it is another domain's"));
    CHECK(judged([](auto& input, auto&) {
              input.fingerprints = {"CC"};
              input.certificates.pop_back();
          }).ids.empty());
}

TEST_CASE("what is wrong with our server is told to us") {
    struct Row {
        std::function<void(EdgeProbeInput&, SeenEndpoint&)> change;
        RuleLines ids;
    };
    const std::vector<Row> rows{
        {[](auto&, auto& seen) { seen.certificate->is_expired = true; }, {"error probe-cert-expired"}},
        {[](auto&, auto& seen) { seen.certificate->is_not_yet_valid = true; }, {"error probe-cert-not-yet-valid"}},
        {[](auto&, auto& seen) { seen.certificate->trusted = false; }, {"error probe-cert-untrusted"}},
        {[](auto&, auto& seen) { seen.certificate->expires_soon = true; }, {"warning probe-cert-expires-soon"}},
        {[](auto&, auto& seen) { seen.certificate->weakness = "it is weak"; }, {"warning probe-cert-weak"}},
        {[](auto&, auto& seen) { seen.certificate->dane = Dane::differs; }, {"error probe-dane-mismatch"}},
        {[](auto&, auto& seen) { seen.facts.tls->version = "TLSv1.1"; }, {"warning probe-tls-old"}},
        {[](auto& input, auto& seen) {
             seen.facts.plain->starttls = StartTls::none;
             seen.facts.tls.reset();
             seen.facts.secured.reset();
             seen.certificate.reset();
             input.fingerprints = {""};
         },
         {"error probe-tls-missing"}},
        {[](auto&, auto& seen) {  // it wants a certificate of strangers, and is right to
             seen.facts.outcome = ProbeOutcome::stream_error;
             seen.facts.step = ProbeStep::second_header;
             seen.facts.secured.reset();
             seen.facts.fault = StreamFault{"not-authorized", "no certificate"};
         },
         {}},
        {[](auto& input, auto& seen) {
             seen = SeenEndpoint{};
             seen.facts.outcome = ProbeOutcome::unreachable;
             input.fingerprints = {""};
         },
         {"error probe-unreachable"}},
        {[](auto& input, auto& seen) {
             seen = SeenEndpoint{};
             seen.facts.outcome = ProbeOutcome::stream_error;
             seen.facts.fault = StreamFault{"host-unknown", ""};
             input.fingerprints = {""};
         },
         {"error probe-host-unknown", "error probe-unreachable"}},
        {[](auto&, auto& seen) {  // it has nothing for who does not name itself
             seen.facts.outcome = ProbeOutcome::stream_error;
             seen.facts.step = ProbeStep::second_header;
             seen.facts.secured.reset();
             seen.facts.fault = StreamFault{"undefined-condition", "No stream features to offer"};
         },
         {}},
        {[](auto&, auto& seen) {
             seen.facts.outcome = ProbeOutcome::stream_error;
             seen.facts.step = ProbeStep::second_header;
             seen.facts.secured.reset();
             seen.facts.fault = StreamFault{"host-unknown", ""};
         },
         {"error probe-host-unknown", "error probe-unreachable"}},
        {[](auto& input, auto& seen) {  // without TLS nothing of it is known
             seen.facts.outcome = ProbeOutcome::stream_error;
             seen.facts.step = ProbeStep::header;
             seen.facts.plain.reset();
             seen.facts.secured.reset();
             seen.facts.tls.reset();
             seen.certificate.reset();
             seen.facts.fault = StreamFault{"undefined-condition", ""};
             input.fingerprints = {""};
         },
         {"error probe-not-welcome", "error probe-unreachable"}},
        {[](auto&, auto& seen) { seen.facts.asked_as_a_label = true; }, {"error probe-host-unknown"}},
        {[](auto& input, auto&) {
             input.probe.endpoints.clear();
             input.fingerprints.clear();
             input.probe.out_of_time = true;
         },
         {"error probe-timeout"}},
        {[](auto& input, auto&) {  // an address, and none of the family that was asked for
             input.probe.endpoints.clear();
             input.fingerprints.clear();
             input.probe.dns.targets = {{"sip.contoso.com", {"192.0.2.1"}}};
         },
         {"error probe-unreachable"}},
    };
    for (const auto& row : rows) {
        const auto outcome = judged(row.change);
        INFO(outcome.text);
        CHECK(outcome.ids == row.ids);
    }
}

}  // namespace xmppfed::core

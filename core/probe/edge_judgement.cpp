#include "core/probe/edge_judgement.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "core/probe/endpoint_faults.hpp"
#include "core/probe/observation.hpp"
#include "core/probe/probe_rules.hpp"
#include "core/text/days.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// What we can do about a fault of our own server; what is said of a partner's is told to somebody else.
struct Remedy {
    const Rule* rule;
    std::string_view hint;
};

constexpr std::array remedies{
    Remedy{&rule::probe_unreachable,
           "look whether the server runs, listens there, and whether the firewall lets the "
           "port in"},
    Remedy{&rule::probe_timeout, "look at the firewall, and at the server's log"},
    Remedy{&rule::probe_not_xmpp, "look which program has that port, and where the SRV record leads"},
    Remedy{&rule::probe_host_unknown,
           "add the domain to the server's hosts, or take it from the edge with `xmppfed edge "
           "set --remove-xmpp-domain`"},
    Remedy{&rule::probe_not_welcome, "look at the server's log"},
    Remedy{&rule::probe_tls_failed,
           "look whether the server's account can read the certificate and its key: `xmppfed "
           "cert status`"},
    Remedy{&rule::probe_certificate_refused, "look at the server's log"},
    Remedy{&rule::probe_wrong_service,
           "`_xmpp-server` is for STARTTLS, `_xmpps-server` for direct TLS: look at the "
           "records and at the server's ports"},
};

/// Whether our server answers as it should. What it thinks of someone without a name and a certificate is no fault of
/// it, once TLS was seen; only that it does not serve the domain is.
bool answers(const SeenEndpoint& seen) {
    const auto& facts = seen.facts;
    const bool wants_more = facts.tls && (refuses_certificate(facts) ||
                                          (facts.outcome == ProbeOutcome::stream_error &&
                                           facts.step == ProbeStep::second_header && !is_unknown_there(facts)));
    return facts.outcome == ProbeOutcome::ok || wants_more;
}

class EdgeLook {
  public:
    explicit EdgeLook(const EdgeProbeInput& input) : input_{input}, domain_{input.probe.dns.domain} {}

    [[nodiscard]] Diagnostics judge();

  private:
    void add(const Rule& rule, Severity severity, std::string message, std::string hint);
    void judge_endpoint(const SeenEndpoint& seen, const std::string& fingerprint);
    void judge_certificate(const SeenEndpoint& seen);
    void judge_assignment(const SeenEndpoint& seen, const std::string& fingerprint);

    const EdgeProbeInput& input_;
    const std::string& domain_;
    Diagnostics diagnostics_;
};

void EdgeLook::add(const Rule& rule, Severity severity, std::string message, std::string hint) {
    diagnostics_.push_back(make_diagnostic(rule, {}, std::move(message), std::move(hint)));
    diagnostics_.back().severity = severity;
}

/// Most of all whether the server presents what is assigned: it may not have been reloaded.
void EdgeLook::judge_assignment(const SeenEndpoint& seen, const std::string& fingerprint) {
    const auto assigned = std::ranges::find_if(input_.certificates, &IssuedForUs::is_assigned);
    if (assigned == input_.certificates.end() || fingerprint.empty() || fingerprint == assigned->fingerprint) {
        return;
    }
    const auto known = std::ranges::find(input_.certificates, fingerprint, &IssuedForUs::fingerprint);
    const auto place = place_of(seen.facts);
    const auto wanted =
        fmt::format("that of request {}, which is assigned and ends {}", assigned->request, assigned->not_after);
    if (known != input_.certificates.end()) {
        add(rule::edge_serves_other_certificate, Severity::error,
            fmt::format("{} presents the certificate of request {} for {}, not {}", place, known->request, domain_,
                        wanted),
            "the server was not reloaded: restart it, or let `xmppfed cert assign` do it with `--restart-command`");
        return;
    }
    const auto& names = seen.certificate->names;
    add(rule::edge_serves_other_certificate, Severity::error,
        fmt::format("{} presents a certificate for {} that is on no record here ({}), not {}", place, domain_,
                    names.empty() ? "without names" : escape(names.front().value), wanted),
        seen.certificate->matches
            ? "point the server at the directory `current` that `xmppfed cert assign` made, and restart it"
            : "it is another domain's: look which certificate the server is told to use for this one");
}

void EdgeLook::judge_certificate(const SeenEndpoint& seen) {
    const auto& certificate = *seen.certificate;
    if (certificate.dane == Dane::differs) {
        add(rule::probe_dane_mismatch, Severity::error,
            fmt::format("DNSSEC confirms TLSA records for {}, and our certificate is none of them",
                        place_of(seen.facts)),
            "publish the TLSA record of the certificate that is in use");
    }
    if (certificate.is_expired) {
        add(rule::probe_cert_expired, Severity::error,
            fmt::format("our certificate, or one above it, has expired (it ends {})", certificate.not_after),
            "renew it with `xmppfed cert request --renew NUMBER`; if it was renewed, restart the server");
    }
    if (certificate.is_not_yet_valid) {
        add(rule::probe_cert_not_yet_valid, Severity::error, "our certificate is not valid yet",
            "look at the clock of this machine");
    }
    if (!certificate.trusted) {
        add(rule::probe_cert_untrusted, Severity::error,
            fmt::format("our certificate is not trusted here: {}", certificate.trust_error),
            "the server has to send the whole chain, as it is in `fullchain.pem`; give a private root with "
            "`--ca-file`");
    }
    if (!certificate.matches) {
        add(rule::probe_cert_name_mismatch, Severity::error, fmt::format("our certificate does not name {}", domain_),
            "see what it needs with `xmppfed cert status`");
    }
    if (certificate.expires_soon && !certificate.is_expired) {
        add(rule::probe_cert_expires_soon, Severity::warning,
            fmt::format("our certificate, or one above it, {} ({})", end_in_days(certificate.days_left),
                        certificate.not_after),
            "renew it with `xmppfed cert request --renew NUMBER`");
    }
    if (!certificate.weakness.empty()) {
        add(rule::probe_cert_weak, Severity::warning, fmt::format("our certificate: {}", certificate.weakness),
            "partners will refuse it: ask for a new one with `xmppfed cert request`");
    }
}

void EdgeLook::judge_endpoint(const SeenEndpoint& seen, const std::string& fingerprint) {
    const auto& facts = seen.facts;
    if (facts.plain && facts.plain->starttls == StartTls::none) {
        add(rule::probe_tls_missing, Severity::error,
            fmt::format("{} does not offer TLS for {}", place_of(facts), domain_),
            "give the server the certificate of `xmppfed cert assign`, and turn TLS on");
    }
    if (facts.tls && is_old_tls(facts.tls->version)) {
        add(rule::probe_tls_old, Severity::warning,
            fmt::format("{} speaks {}, which others refuse", place_of(facts), facts.tls->version),
            "TLS 1.2 is the least (RFC 8996): update the server");
    }
    if (seen.certificate) {
        judge_certificate(seen);
        judge_assignment(seen, fingerprint);
    }
}

Diagnostics EdgeLook::judge() {
    const auto& probe = input_.probe;
    if (probe.has_dns) {
        diagnostics_ = input_.needed ? judge_own_dns(probe.dns, *input_.needed) : judge_dns(probe.dns, probe.owner);
    }
    const bool none_leads_out = std::ranges::all_of(probe.endpoints, is_without_route);
    for (std::size_t i = 0; i < probe.endpoints.size(); ++i) {
        const auto& seen = probe.endpoints[i];
        if (is_without_route(seen) && !none_leads_out) {
            continue;
        }
        if (auto form = other_form(seen.facts, domain_)) {
            diagnostics_.push_back(std::move(*form));
        }
        if (!answers(seen)) {
            auto fault = endpoint_fault(seen, domain_, OwnCertificate::none);
            const auto* const remedy = std::ranges::find(remedies, fault.rule, &Remedy::rule);
            const bool was_lost = seen.facts.outcome == ProbeOutcome::unreachable && seen.facts.address.empty();
            fault.hint =
                was_lost || is_without_route(seen) || remedy == remedies.end() ? fault.hint : std::string{remedy->hint};
            diagnostics_.push_back(std::move(fault));
        }
        judge_endpoint(seen, input_.fingerprints.at(i));
    }
    if (std::ranges::none_of(probe.endpoints, answers)) {
        if (auto fault = nothing_usable(probe, diagnostics_)) {
            diagnostics_.push_back(std::move(*fault));
        }
    }
    if (auto fault = nothing_tried(probe)) {
        diagnostics_.push_back(std::move(*fault));
    }
    return std::move(diagnostics_);
}

}  // namespace

ProbeVerdict judge_edge_probe(const EdgeProbeInput& input) {
    ProbeVerdict verdict;
    if (const auto* const best = best_endpoint(input.probe)) {
        verdict.observed = observe(*best, input.probe);
    }
    verdict.diagnostics = EdgeLook{input}.judge();
    return verdict;
}

}  // namespace xmppfed::core

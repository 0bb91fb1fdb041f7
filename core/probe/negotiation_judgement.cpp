#include "core/probe/negotiation_judgement.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/probe/endpoint_faults.hpp"
#include "core/probe/probe_rules.hpp"
#include "core/text/days.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// One look at an endpoint, for findings that share what they look at.
class Look {
  public:
    Look(const SeenEndpoint& seen, const ProbeVerdict& verdict, const Outlook& outlook, const ProbeInput& input)
        : seen_{seen},
          facts_{seen.facts},
          observed_{verdict.observed.value()},
          suggestion_{verdict.suggestion},
          outlook_{outlook},
          input_{input} {}

    [[nodiscard]] Diagnostics judge() {
        judge_tls();
        judge_certificate();
        judge_sasl();
        judge_what_is_left();
        return std::move(diagnostics_);
    }

  private:
    [[nodiscard]] std::optional<Negotiation> configured() const { return input_.owner.negotiation; }
    [[nodiscard]] bool requires_tls() const { return configured() && configured()->tls == Level::required; }
    [[nodiscard]] bool requires_sasl() const { return configured() && configured()->sasl == Level::required; }
    [[nodiscard]] bool has_sasl_alone() const {
        return configured() && offer(*configured()).methods == std::vector{Method::sasl_over_tls};
    }
    /// The command that takes the settings: who is no partner yet has to become one.
    [[nodiscard]] std::string edit() const {
        const auto& partner = input_.owner.partner;
        return partner.empty() ? fmt::format("xmppfed partner new --primary {}", escape(input_.dns.domain))
                               : fmt::format("xmppfed partner edit {}", escape(partner));
    }

    void add(const Rule& rule, Severity severity, std::string_view field, std::string message, std::string hint) {
        diagnostics_.push_back(make_diagnostic(rule, field, std::move(message), std::move(hint)));
        diagnostics_.back().severity = severity;
    }

    void judge_tls();
    void judge_certificate();
    void judge_identity(const PeerCertificate& certificate);
    void judge_sasl();
    void judge_refusal();
    void judge_what_is_left();
    void judge_direction(std::string_view direction, const Prediction& prediction);

    const SeenEndpoint& seen_;
    const EndpointFacts& facts_;
    const Observed& observed_;
    const std::optional<Suggestion>& suggestion_;
    const Outlook& outlook_;
    const ProbeInput& input_;
    Diagnostics diagnostics_;
};

void Look::judge_tls() {
    using enum Severity;
    if (is_legacy(facts_)) {
        add(rule::probe_legacy_stream, requires_tls() || requires_sasl() ? error : info, "tls",
            fmt::format(
                "{} speaks no XMPP 1.0: its header has no version, and dialback without TLS is all that it does",
                place_of(facts_)),
            suggestion_ ? fmt::format("tell the partner: a server of this century is needed; until then `{}`",
                                      suggestion_->command)
                        : "tell the partner: a server of this century is needed");
        return;
    }
    if (facts_.plain && facts_.plain->starttls == StartTls::none) {
        add(rule::probe_tls_missing, requires_tls() ? error : warning, "tls",
            requires_tls() ? "TLS is required here; their server does not offer it: this will fail"
                           : "their server does not offer TLS",
            fmt::format("tell the partner: load a certificate for {}", input_.dns.domain) +
                (requires_tls() ? fmt::format("; for an exception `{} --preset dialback`", edit()) : ""));
    }
    if (facts_.plain && facts_.plain->starttls == StartTls::required && configured() &&
        configured()->tls == Level::not_supported) {
        add(rule::probe_tls_required_there, error, "tls",
            "TLS is not supported here; their server requires it: every stream would wait until a timeout",
            fmt::format("`{} --preset flexible`", edit()));
    }
    if (facts_.tls && is_old_tls(facts_.tls->version)) {
        add(rule::probe_tls_old, warning, {},
            fmt::format("{} speaks {}, which others refuse", place_of(facts_), facts_.tls->version),
            "tell the partner: TLS 1.2 is the least (RFC 8996)");
    }
}

void Look::judge_identity(const PeerCertificate& certificate) {
    const auto severity = has_sasl_alone() ? Severity::error : Severity::warning;
    const auto exception =
        has_sasl_alone() ? fmt::format("; an exception is `{} --preset flexible`", edit()) : std::string{};
    if (certificate.is_expired) {
        add(rule::probe_cert_expired, severity, "sasl",
            fmt::format("their certificate, or one above it, has expired (it ends {})", certificate.not_after),
            "tell the partner; if it was renewed, its server has to be restarted" + exception);
    }
    if (certificate.is_not_yet_valid) {
        add(rule::probe_cert_not_yet_valid, severity, "sasl", "their certificate is not valid yet",
            "look at the clocks of both sides");
    }
    if (!certificate.trusted) {
        add(rule::probe_cert_untrusted, severity, "sasl",
            fmt::format("their certificate is not trusted here: {}", certificate.trust_error),
            "tell the partner: send the whole chain; give a root that both trust with `--ca-file`" + exception);
    }
    if (!certificate.matches) {
        std::vector<std::string> names;
        for (const auto& name : certificate.names) {
            names.push_back(escape(name.value));
        }
        add(rule::probe_cert_name_mismatch, severity, "sasl",
            fmt::format("their certificate does not name {}, but {}", input_.dns.domain,
                        names.empty() ? "nobody" : shortened_list(names)),
            "tell the partner: the certificate has to name the domain, not the host" + exception);
    }
}

void Look::judge_certificate() {
    if (!seen_.certificate) {
        return;
    }
    const auto& certificate = *seen_.certificate;
    if (certificate.dane == Dane::differs) {
        add(rule::probe_dane_mismatch, Severity::error, "sasl",
            fmt::format("DNSSEC confirms TLSA records for {}, and its certificate is none of them", place_of(facts_)),
            "tell the partner: publish the new certificate's TLSA record before it is used");
    }
    judge_identity(certificate);
    if (certificate.expires_soon && !certificate.is_expired) {
        add(rule::probe_cert_expires_soon, Severity::warning, {},
            fmt::format("their certificate, or one above it, {} ({})", end_in_days(certificate.days_left),
                        certificate.not_after),
            "tell the partner; if it was renewed, its server has to be restarted, not only reloaded");
    }
    if (!certificate.weakness.empty()) {
        add(rule::probe_cert_weak, Severity::warning, {}, fmt::format("their certificate: {}", certificate.weakness),
            "tell the partner: servers will refuse it");
    }
    if (!certificate.client_auth) {
        add(rule::probe_cert_client_auth_missing, Severity::info, {},
            "their certificate is for servers alone: some servers take it for nobody's who connects",
            "public CAs issue no other by now; allow dialback beside it");
    }
}

void Look::judge_refusal() {
    if (facts_.authentication == Authentication::refused && input_.own == OwnCertificate::none) {
        add(rule::probe_certificate_refused, Severity::error, "sasl",
            fmt::format("{} wants a certificate of ours for SASL EXTERNAL, and none was presented: {}",
                        place_of(facts_), facts_.authentication_reason),
            "look again with `--certificate` and `--key`");
    } else if (facts_.authentication == Authentication::refused) {
        add(rule::probe_certificate_refused, Severity::error, "sasl",
            fmt::format("{} refuses our certificate for SASL EXTERNAL: {}", place_of(facts_),
                        facts_.authentication_reason),
            "tell the partner which CA has issued it, and that it needs client authentication");
    } else if (names_other_cas(seen_, input_)) {
        add(rule::probe_certificate_refused, Severity::error, "sasl",
            fmt::format("{} names the CAs that it accepts, and ours ({}) is not among them", place_of(facts_),
                        input_.own_issuer),
            "tell the partner which CA has issued our certificate");
    }
}

void Look::judge_sasl() {
    const bool is_wanted = !configured() || configured()->sasl != Level::not_supported;
    if (!is_wanted || is_legacy(facts_) || !facts_.tls) {
        return;
    }
    judge_refusal();
    if (!facts_.secured) {
        return;
    }
    const bool is_for_everybody = facts_.secured->offers_external() && !facts_.presented_certificate;
    if (observed_.sasl == SaslSeen::not_offered && facts_.authentication != Authentication::refused) {
        const auto rest = facts_.secured->dialback ? "offers only dialback" : "does not offer SASL EXTERNAL";
        const bool falls_back = configured() && configured()->dialback && !requires_sasl();
        add(rule::probe_sasl_not_offered, requires_sasl() ? Severity::error : Severity::warning, "sasl",
            requires_sasl() ? fmt::format("SASL is required here; their server {}: this will fail", rest)
                            : fmt::format("their server {}, although our certificate is good", rest),
            facts_.secured->dialback && !falls_back
                ? fmt::format("`{} --preset flexible`, or ask the partner for SASL EXTERNAL", edit())
                : "ask the partner for SASL EXTERNAL");
    } else if (observed_.sasl == SaslSeen::unknown) {
        add(rule::probe_sasl_unknown, Severity::info, "sasl",
            is_for_everybody ? "SASL EXTERNAL is offered to everyone: whether ours is accepted does not show"
            : input_.own == OwnCertificate::none
                ? "whether SASL EXTERNAL is offered does not show: no certificate of ours was presented"
                : "whether SASL EXTERNAL is offered does not show: our own certificate has a fault",
            !is_for_everybody                    ? "look again with `--certificate` and `--key`"
            : input_.own == OwnCertificate::none ? "look again with `--authenticate`, `--certificate` and `--key`"
                                                 : "`--authenticate` tries it");
    }
}

void Look::judge_direction(std::string_view direction, const Prediction& prediction) {
    if (!prediction.methods.empty() || (!configured() && suggestion_)) {
        return;
    }
    const auto ours = offer(configured().value_or(settings_of(Preset::opportunistic))).methods;
    const bool falls_back = std::ranges::any_of(ours, [](Method method) { return method != Method::sasl_over_tls; });
    if (falls_back && !observed_.dialback && observed_.confidence == Confidence::seen) {
        add(rule::probe_dialback_not_offered, Severity::error, "dialback",
            fmt::format("dialback is all that is left for {} streams, and their server does not offer it", direction),
            "ask the partner to load dialback, or to mend what speaks against SASL");
    } else {
        add(rule::probe_no_common_method, Severity::error, {},
            fmt::format("no method is left for {} streams", direction),
            configured() ? "compare the settings with what was seen"
                         : "no settings of ours fit: tell their administrator what is said above");
    }
}

void Look::judge_what_is_left() {
    judge_direction("outgoing", outlook_.outgoing);
    judge_direction("incoming", outlook_.incoming);
    const auto& agreed = outlook_.agreed;
    const auto& left = outlook_.outgoing.methods;
    if (configured() && !agreed.empty() && !left.empty() && agreed.front() < left.front()) {
        add(rule::probe_weaker_than_agreed, Severity::warning, {},
            fmt::format("both sides could do {}, and {} is what is left", name_of(agreed.front()),
                        name_of(left.front())),
            "mend what is said of the certificates");
    }
}

}  // namespace

Diagnostics judge_negotiation(const SeenEndpoint& seen, const ProbeVerdict& verdict, const Outlook& outlook,
                              const ProbeInput& input) {
    return Look{seen, verdict, outlook, input}.judge();
}

}  // namespace xmppfed::core

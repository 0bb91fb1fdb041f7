#include <algorithm>

#include <fmt/format.h>

#include "core/rule/rule_checks.hpp"

namespace xmppfed::core::rule_checks {

namespace {

bool uses_sasl(const Negotiation& negotiation) {
    return negotiation.sasl != Level::not_supported;
}

bool breaks_sasl_requires_tls(const Negotiation& negotiation) {
    return uses_sasl(negotiation) && negotiation.tls == Level::not_supported;
}

}  // namespace

void sasl_requires_tls(const RuleInput& input, Diagnostics& diagnostics) {
    const auto& negotiation = input.partner.negotiation;
    if (breaks_sasl_requires_tls(negotiation)) {
        diagnostics.push_back(diagnostic(
            "sasl",
            fmt::format("SASL is {} and TLS is not-supported: SASL EXTERNAL needs TLS", name_of(negotiation.sasl)),
            "use `--tls required` or `--tls optional`, or `--sasl not-supported --dialback true`; confirm with the "
            "partner "
            "what its service negotiates"));
    }
}

void no_authentication_method(const RuleInput& input, Diagnostics& diagnostics) {
    const auto& negotiation = input.partner.negotiation;
    const auto is_offered = [&](Method method) { return offers(negotiation, method); };
    if (std::ranges::none_of(all_methods, is_offered) && !breaks_sasl_requires_tls(negotiation)) {
        diagnostics.push_back(
            diagnostic("sasl", "SASL is not-supported and dialback is false: no way is left to authenticate a stream",
                       "use `--dialback true`, or `--sasl required` together with `--tls required`"));
    }
}

void dialback_unused(const RuleInput& input, Diagnostics& diagnostics) {
    const auto& negotiation = input.partner.negotiation;
    if (negotiation == Negotiation{Level::required, Level::required, true}) {
        diagnostics.push_back(diagnostic("dialback", "dialback is true but never runs: TLS and SASL are both required",
                                         "use `--dialback false`, or `--sasl optional` to fall back on dialback"));
    }
}

void sasl_with_optional_tls(const RuleInput& input, Diagnostics& diagnostics) {
    const auto& negotiation = input.partner.negotiation;
    if (uses_sasl(negotiation) && negotiation.tls == Level::optional) {
        diagnostics.push_back(diagnostic(
            "tls", fmt::format("SASL is {} but TLS only optional: negotiation may fail", name_of(negotiation.sasl)),
            negotiation.dialback ? "use `--tls required`, or `--sasl not-supported`"
                                 : "use `--tls required`, or `--sasl not-supported --dialback true`"));
    }
}

void trust_exceeds_authentication(const RuleInput& input, Diagnostics& diagnostics) {
    const auto& partner = input.partner;
    if (partner.type != PartnerType::public_unverified && offers(partner.negotiation, Method::tcp_dialback)) {
        diagnostics.push_back(diagnostic(
            "type",
            fmt::format("partner type {} gives trust that tcp-dialback cannot justify: the stream is not encrypted",
                        name_of(partner.type)),
            "use `--tls required`, or `--type public-unverified`"));
    }
}

void tcp_dialback_only(const RuleInput& input, Diagnostics& diagnostics) {
    const auto& negotiation = input.partner.negotiation;
    const bool only = std::ranges::all_of(
        all_methods, [&](Method method) { return offers(negotiation, method) == (method == Method::tcp_dialback); });
    if (only && !breaks_sasl_requires_tls(negotiation)) {
        diagnostics.push_back(diagnostic("tls", "tcp-dialback is the only method: streams are never encrypted"));
    }
}

}  // namespace xmppfed::core::rule_checks

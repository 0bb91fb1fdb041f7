#include "core/rules.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <libpsl.h>

#include "core/domain_name.hpp"
#include "core/script_mix.hpp"
#include "core/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::int64_t largest_connection_limit = 4294967295;  // unsigned 32 bits, as in the vendor's cmdlets
constexpr std::size_t most_additional_domains = 1000;
constexpr std::string_view example_hint = "give a domain name such as fabrikam.com";

/// A finding whose rule and severity `check` fills in.
Diagnostic finding(const RuleInput& input, std::string_view field, std::string message, std::string hint = {}) {
    Diagnostic diagnostic;
    diagnostic.partner = escape(input.partner.primary_domain);
    diagnostic.field = field;
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    return diagnostic;
}

/// Calls `visit(domain, key, label)` for the primary domain and each additional one.
void for_each_claimed(const Partner& partner, auto visit) {
    visit(partner.primary_domain, "primary_domain", "primary domain");
    for (const auto& domain : partner.additional_domains) {
        visit(domain, "additional_domains", "additional domain");
    }
}

/// The same for the valid ones: what breaks `domain-invalid` has nothing else to say.
void for_each_valid(const Partner& partner, auto visit) {
    for_each_claimed(partner, [&](const std::string& domain, std::string_view key, std::string_view label) {
        if (canonical_domain(domain).valid()) {
            visit(domain, key, label);
        }
    });
}

void domain_invalid(const RuleInput& input, Diagnostics& findings) {
    const auto look = [&](const std::string& domain, std::string_view key, std::string_view label) {
        if (const auto result = canonical_domain(domain); !result.valid()) {
            findings.push_back(finding(input, key, fmt::format("{} {} {}", label, quote(domain), result.problem),
                                       std::string{example_hint}));
        }
    };
    for_each_claimed(input.partner, look);
    if (input.partner.proxy_fqdn) {
        look(*input.partner.proxy_fqdn, "proxy_fqdn", "proxy FQDN");
    }
}

void domain_duplicate(const RuleInput& input, Diagnostics& findings) {
    const auto& partner = input.partner;
    const std::string* previous = nullptr;
    for (const auto& domain : partner.additional_domains) {
        if (domain == partner.primary_domain) {
            findings.push_back(finding(input, "additional_domains",
                                       fmt::format("additional domain {} is the primary domain", quote(domain)),
                                       "leave it out: the primary domain is always included"));
        } else if (previous != nullptr && domain == *previous) {
            findings.push_back(finding(input, "additional_domains",
                                       fmt::format("additional domain {} is named more than once", quote(domain)),
                                       "name it once; case, a trailing dot and U-labels make no difference"));
        }
        previous = &domain;
    }
}

void domain_claimed(const RuleInput& input, Diagnostics& findings) {
    for (const auto& claim : input.claims) {
        const bool is_primary = claim.domain == input.partner.primary_domain;
        const auto hint = claim.domain == claim.partner
                              ? fmt::format("change that partner with `xmppfed partner edit {}`", claim.partner)
                              : fmt::format("release it with `xmppfed partner edit {} --remove-domain {}`",
                                            claim.partner, claim.domain);
        findings.push_back(finding(
            input, is_primary ? "primary_domain" : "additional_domains",
            fmt::format("{} {} is claimed by the partner {}", is_primary ? "primary domain" : "additional domain",
                        quote(claim.domain), quote(claim.partner)),
            hint));
    }
}

bool uses_sasl(const Negotiation& negotiation) {
    return negotiation.sasl != Level::not_supported;
}

bool breaks_sasl_requires_tls(const Negotiation& negotiation) {
    return uses_sasl(negotiation) && negotiation.tls == Level::not_supported;
}

void sasl_requires_tls(const RuleInput& input, Diagnostics& findings) {
    const auto& negotiation = input.partner.negotiation;
    if (breaks_sasl_requires_tls(negotiation)) {
        findings.push_back(finding(
            input, "sasl",
            fmt::format("SASL is {} and TLS is not-supported: SASL EXTERNAL needs TLS", name_of(negotiation.sasl)),
            "use `--tls required` or `--tls optional`, or `--sasl not-supported --dialback true`; confirm with the "
            "partner "
            "what its service negotiates"));
    }
}

void no_authentication_method(const RuleInput& input, Diagnostics& findings) {
    const auto& negotiation = input.partner.negotiation;
    if (offer(negotiation).methods.empty() && !breaks_sasl_requires_tls(negotiation)) {
        findings.push_back(finding(
            input, "sasl", "SASL is not-supported and dialback is false: no way is left to authenticate a stream",
            "use `--dialback true`, or `--sasl required` together with `--tls required`"));
    }
}

void description_invalid(const RuleInput& input, Diagnostics& findings) {
    if (const auto problem = free_text_problem(input.partner.description); !problem.empty()) {
        findings.push_back(finding(input, "description", "description " + problem));
    }
}

void value_out_of_range(const RuleInput& input, Diagnostics& findings) {
    const auto limit = input.partner.connection_limit;
    if (limit && (*limit < 1 || *limit > largest_connection_limit)) {
        findings.push_back(
            finding(input, "connection_limit",
                    fmt::format("connection limit is out of range: it must be from 1 to {}", largest_connection_limit),
                    "use `--connection-limit \"\"` for the server's own limit"));
    }
    const auto additional = input.partner.additional_domains.size();
    if (additional > most_additional_domains) {
        findings.push_back(finding(input, "additional_domains",
                                   fmt::format("there are {} additional domains; at most {} are allowed", additional,
                                               most_additional_domains)));
    }
}

void dialback_unused(const RuleInput& input, Diagnostics& findings) {
    const auto& negotiation = input.partner.negotiation;
    if (negotiation == Negotiation{Level::required, Level::required, true}) {
        findings.push_back(finding(input, "dialback", "dialback is true but never runs: TLS and SASL are both required",
                                   "use `--dialback false`, or `--sasl optional` to fall back on dialback"));
    }
}

void sasl_with_optional_tls(const RuleInput& input, Diagnostics& findings) {
    const auto& negotiation = input.partner.negotiation;
    if (uses_sasl(negotiation) && negotiation.tls == Level::optional) {
        findings.push_back(
            finding(input, "tls",
                    fmt::format("SASL is {} but TLS only optional: negotiation may fail", name_of(negotiation.sasl)),
                    "use `--tls required`, or `--sasl not-supported`"));
    }
}

void domain_outside_primary(const RuleInput& input, Diagnostics& findings) {
    for (const auto& domain : input.partner.additional_domains) {
        const bool is_primary = domain == input.partner.primary_domain;
        if (canonical_domain(domain).valid() && !is_primary && !is_below(domain, input.partner.primary_domain)) {
            findings.push_back(finding(input, "additional_domains",
                                       fmt::format("additional domain {} is not below the primary domain {}",
                                                   quote(domain), quote(input.partner.primary_domain)),
                                       "check that the same organisation runs both"));
        }
    }
}

void domain_single_label(const RuleInput& input, Diagnostics& findings) {
    for_each_valid(input.partner, [&](const std::string& domain, std::string_view key, std::string_view label) {
        if (domain.find('.') == std::string::npos) {
            findings.push_back(finding(
                input, key, fmt::format("{} {} has no dot: it is not an internet domain", label, quote(domain))));
        }
    });
}

void domain_public_suffix(const RuleInput& input, Diagnostics& findings) {
    for_each_valid(input.partner, [&](const std::string& domain, std::string_view key, std::string_view label) {
        constexpr int icann_section = PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE;
        if (psl_is_public_suffix2(psl_builtin(), domain.c_str(), icann_section) != 0) {
            findings.push_back(
                finding(input, key,
                        fmt::format("{} {} is a public suffix: anybody may register below it", label, quote(domain)),
                        "name the domain that the partner registered"));
        }
    });
}

void domain_mixed_script(const RuleInput& input, Diagnostics& findings) {
    for_each_valid(input.partner, [&](const std::string& domain, std::string_view key, std::string_view label) {
        for (const auto& part : split(unicode_domain(domain), '.')) {
            if (mixes_scripts(part)) {
                findings.push_back(
                    finding(input, key,
                            fmt::format("{} {} mixes scripts in the label {}: it may imitate another domain", label,
                                        quote(domain), quote(part)),
                            "compare it with what the partner gave you, letter by letter"));
            }
        }
    });
}

void domain_own(const RuleInput& input, Diagnostics& findings) {
    for_each_claimed(input.partner, [&](const std::string& domain, std::string_view key, std::string_view label) {
        if (std::ranges::binary_search(input.own_domains, domain)) {
            findings.push_back(finding(input, key, fmt::format("{} {} is one of our own domains", label, quote(domain)),
                                       "a domain is either ours or a partner's; see `xmppfed edge show`"));
        }
    });
}

void trust_exceeds_authentication(const RuleInput& input, Diagnostics& findings) {
    const auto& partner = input.partner;
    const auto methods = offer(partner.negotiation).methods;
    if (partner.type != PartnerType::public_unverified && std::ranges::count(methods, Method::tcp_dialback) > 0) {
        findings.push_back(finding(
            input, "type",
            fmt::format("partner type {} gives trust that tcp-dialback cannot justify: the stream is not encrypted",
                        name_of(partner.type)),
            "use `--tls required`, or `--type public-unverified`"));
    }
}

void type_not_recommended(const RuleInput& input, Diagnostics& findings) {
    if (input.partner.type == PartnerType::public_verified) {
        findings.push_back(finding(
            input, "type", "partner type public-verified is not recommended: it lets strangers write to our users",
            "use `--type public-unverified` unless the provider verifies who its users are"));
    }
}

void tcp_dialback_only(const RuleInput& input, Diagnostics& findings) {
    const auto& negotiation = input.partner.negotiation;
    const bool only = offer(negotiation).methods == std::vector{Method::tcp_dialback};
    if (only && !breaks_sasl_requires_tls(negotiation)) {
        findings.push_back(finding(input, "tls", "tcp-dialback is the only method: streams are never encrypted"));
    }
}

constexpr std::array rule_table{
    Rule{"domain-invalid", Severity::error, "a domain is not a domain name", domain_invalid},
    Rule{"domain-duplicate", Severity::error, "an additional domain repeats, or equals the primary domain",
         domain_duplicate},
    Rule{"domain-claimed", Severity::error, "another partner claims one of the domains", domain_claimed},
    Rule{"sasl-requires-tls", Severity::error, "SASL is required or optional and TLS is not-supported",
         sasl_requires_tls},
    Rule{"no-authentication-method", Severity::error, "no method is left to authenticate a stream",
         no_authentication_method},
    Rule{"no-common-method", Severity::error, "two sides offer no method in common", nullptr},
    Rule{"description-invalid", Severity::error, "the description is too long or has characters that it must not have",
         description_invalid},
    Rule{"value-out-of-range", Severity::error,
         "the connection limit or the number of additional domains is out of range", value_out_of_range},
    Rule{"dialback-unused", Severity::warning, "TLS and SASL are both required, so dialback never runs",
         dialback_unused},
    Rule{"sasl-with-optional-tls", Severity::warning, "SASL is required or optional and TLS is optional",
         sasl_with_optional_tls},
    Rule{"domain-outside-primary", Severity::warning, "an additional domain is not below the primary domain",
         domain_outside_primary},
    Rule{"domain-single-label", Severity::warning, "a domain has no dot", domain_single_label},
    Rule{"domain-public-suffix", Severity::warning, "a domain is a public suffix", domain_public_suffix},
    Rule{"domain-mixed-script", Severity::warning, "a label mixes scripts", domain_mixed_script},
    Rule{"domain-own", Severity::warning, "a domain is one of our own SIP or XMPP domains", domain_own},
    Rule{"trust-exceeds-authentication", Severity::warning,
         "a federated or public-verified partner can be reached by tcp-dialback", trust_exceeds_authentication},
    Rule{"type-not-recommended", Severity::info, "the partner type is public-verified", type_not_recommended},
    Rule{"tcp-dialback-only", Severity::info, "the only method is tcp-dialback", tcp_dialback_only},
};

/// Gives the findings added since `first` the rule's id and severity.
void label(Diagnostics& findings, std::size_t first, const Rule& rule) {
    for (auto i = first; i < findings.size(); ++i) {
        findings[i].rule = rule.id;
        findings[i].severity = rule.severity;
    }
}

}  // namespace

std::span<const Rule> rules() {
    return rule_table;
}

const Rule& rule(std::string_view id) {
    return *std::ranges::find(rule_table, id, &Rule::id);
}

Diagnostics check(const RuleInput& input) {
    Diagnostics findings;
    for (const auto& rule : rule_table) {
        const auto first = findings.size();
        if (rule.check != nullptr) {
            rule.check(input, findings);
            label(findings, first, rule);
        }
    }
    return findings;
}

Diagnostics check_common_methods(const std::vector<Method>& common) {
    Diagnostics findings;
    if (common.empty()) {
        Diagnostic none;
        none.message = "the two sides offer no method in common: no stream can be authenticated";
        none.hint = "compare what each side excludes; `--preset flexible` offers the most with TLS";
        findings.push_back(std::move(none));
        label(findings, 0, rule("no-common-method"));
    }
    return findings;
}

Diagnostics check_domain_argument(std::string_view domain) {
    Diagnostics findings;
    if (const auto result = canonical_domain(domain); !result.valid()) {
        Diagnostic invalid;
        invalid.message = fmt::format("domain {} {}", quote(domain), result.problem);
        invalid.hint = example_hint;
        findings.push_back(std::move(invalid));
        label(findings, 0, rule("domain-invalid"));
    }
    return findings;
}

}  // namespace xmppfed::core

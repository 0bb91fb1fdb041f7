#include "core/rules.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/domain_name.hpp"
#include "core/rule_checks.hpp"
#include "core/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::string_view example_hint = "give a domain name such as fabrikam.com";

constexpr std::array rule_table{
    Rule{"domain-invalid", Severity::error, "a domain is not a domain name", rule_checks::domain_invalid},
    Rule{"domain-duplicate", Severity::error, "an additional domain repeats, or equals the primary domain",
         rule_checks::domain_duplicate},
    Rule{"domain-claimed", Severity::error, "another partner claims one of the domains", rule_checks::domain_claimed},
    Rule{"sasl-requires-tls", Severity::error, "SASL is required or optional and TLS is not-supported",
         rule_checks::sasl_requires_tls},
    Rule{"no-authentication-method", Severity::error, "no method is left to authenticate a stream",
         rule_checks::no_authentication_method},
    Rule{"no-common-method", Severity::error, "two sides offer no method in common", nullptr},
    Rule{"description-invalid", Severity::error, "the description is too long or has characters that it must not have",
         rule_checks::description_invalid},
    Rule{"value-out-of-range", Severity::error,
         "the connection limit or the number of additional domains is out of range", rule_checks::value_out_of_range},
    Rule{"dialback-unused", Severity::warning, "TLS and SASL are both required, so dialback never runs",
         rule_checks::dialback_unused},
    Rule{"sasl-with-optional-tls", Severity::warning, "SASL is required or optional and TLS is optional",
         rule_checks::sasl_with_optional_tls},
    Rule{"domain-outside-primary", Severity::warning, "an additional domain is not below the primary domain",
         rule_checks::domain_outside_primary},
    Rule{"domain-single-label", Severity::warning, "a domain has no dot", rule_checks::domain_single_label},
    Rule{"domain-public-suffix", Severity::warning, "a domain is a public suffix", rule_checks::domain_public_suffix},
    Rule{"domain-mixed-script", Severity::warning, "a label mixes scripts", rule_checks::domain_mixed_script},
    Rule{"domain-own", Severity::warning, "a domain is one of our own SIP or XMPP domains", rule_checks::domain_own},
    Rule{"trust-exceeds-authentication", Severity::warning,
         "a federated or public-verified partner can be reached by tcp-dialback",
         rule_checks::trust_exceeds_authentication},
    Rule{"type-not-recommended", Severity::info, "the partner type is public-verified",
         rule_checks::type_not_recommended},
    Rule{"tcp-dialback-only", Severity::info, "the only method is tcp-dialback", rule_checks::tcp_dialback_only},
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

#include "core/rule/rules.hpp"

#include <algorithm>
#include <utility>

#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// Makes the diagnostics added since `first` those of a rule, on a partner.
void label(Diagnostics& diagnostics, std::size_t first, const Rule& rule, std::string_view partner) {
    for (auto i = first; i < diagnostics.size(); ++i) {
        diagnostics[i].rule = &rule;
        diagnostics[i].severity = rule.severity;
        diagnostics[i].partner = escape(partner);
    }
}

}  // namespace

Diagnostic make_diagnostic(const Rule& rule, std::string_view field, std::string message, std::string hint) {
    auto result = rule_checks::diagnostic(field, std::move(message), std::move(hint));
    result.rule = &rule;
    result.severity = rule.severity;
    return result;
}

Diagnostics check(const RuleInput& input, Severity least) {
    Diagnostics diagnostics;
    for (const auto& each : rule::table) {
        const auto first = diagnostics.size();
        if (each.check != nullptr && each.severity <= least) {
            each.check(input, diagnostics);
            label(diagnostics, first, each, input.partner.primary_domain);
        }
    }
    mark_accepted(diagnostics, input.partner);
    return diagnostics;
}

void mark_accepted(Diagnostics& diagnostics, const Partner& partner) {
    if (partner.accepted_warnings.empty()) {
        return;
    }
    const auto name = escape(partner.primary_domain);
    for (auto& diagnostic : diagnostics) {
        if (diagnostic.severity == Severity::warning && diagnostic.partner == name &&
            std::ranges::count(partner.accepted_warnings, diagnostic.rule_id()) > 0) {
            diagnostic.severity = Severity::info;
            diagnostic.is_accepted = true;
        }
    }
}

Diagnostics check_domains(std::span<const NamedDomain> domains) {
    using SingleRule = std::pair<const Rule*, void (*)(const NamedDomain&, Diagnostics&)>;
    constexpr std::array<SingleRule, 4> single_rules{{{&rule::domain_invalid, rule_checks::invalid},
                                                      {&rule::domain_single_label, rule_checks::single_label},
                                                      {&rule::domain_public_suffix, rule_checks::public_suffix},
                                                      {&rule::domain_mixed_script, rule_checks::mixed_script}}};
    Diagnostics diagnostics;
    for (const auto& [rule, check_domain] : single_rules) {
        const auto first = diagnostics.size();
        for (const auto& domain : domains) {
            check_domain(domain, diagnostics);
        }
        label(diagnostics, first, *rule, {});
    }
    return diagnostics;
}

Diagnostics check_common_methods(const std::vector<Method>& common) {
    if (!common.empty()) {
        return {};
    }
    return {make_diagnostic(rule::no_common_method, {},
                            "the two sides offer no method in common: no stream can be authenticated",
                            "look what each side excludes, and agree with the other on a method")};
}

Diagnostics check_domain_argument(std::string_view domain) {
    Diagnostics diagnostics;
    rule_checks::invalid({domain, {}, "domain"}, diagnostics);
    label(diagnostics, 0, rule::domain_invalid, {});
    return diagnostics;
}

}  // namespace xmppfed::core

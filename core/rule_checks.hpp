#pragma once

#include "core/rule.hpp"

/// The functions behind the rule table, one for each rule. Only the table calls them.
namespace xmppfed::core::rule_checks {

void domain_invalid(const RuleInput& input, Diagnostics& findings);
void domain_duplicate(const RuleInput& input, Diagnostics& findings);
void domain_claimed(const RuleInput& input, Diagnostics& findings);
void sasl_requires_tls(const RuleInput& input, Diagnostics& findings);
void no_authentication_method(const RuleInput& input, Diagnostics& findings);
void description_invalid(const RuleInput& input, Diagnostics& findings);
void value_out_of_range(const RuleInput& input, Diagnostics& findings);
void dialback_unused(const RuleInput& input, Diagnostics& findings);
void sasl_with_optional_tls(const RuleInput& input, Diagnostics& findings);
void domain_outside_primary(const RuleInput& input, Diagnostics& findings);
void domain_single_label(const RuleInput& input, Diagnostics& findings);
void domain_public_suffix(const RuleInput& input, Diagnostics& findings);
void domain_mixed_script(const RuleInput& input, Diagnostics& findings);
void domain_own(const RuleInput& input, Diagnostics& findings);
void trust_exceeds_authentication(const RuleInput& input, Diagnostics& findings);
void type_not_recommended(const RuleInput& input, Diagnostics& findings);
void tcp_dialback_only(const RuleInput& input, Diagnostics& findings);

/// Rules that look at one domain, of a partner or of ours.
void invalid(const NamedDomain& domain, Diagnostics& findings);
void single_label(const NamedDomain& domain, Diagnostics& findings);
void public_suffix(const NamedDomain& domain, Diagnostics& findings);
void mixed_script(const NamedDomain& domain, Diagnostics& findings);

/// A finding whose rule, severity and partner are filled in by whoever runs the rule.
[[nodiscard]] Diagnostic finding(std::string_view field, std::string message, std::string hint = {});

}  // namespace xmppfed::core::rule_checks

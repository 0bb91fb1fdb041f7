#pragma once

#include "core/rule/rule.hpp"

/// The functions behind the rule table, one for each rule. Only the table calls them.
namespace xmppfed::core::rule_checks {

void domain_invalid(const RuleInput& input, Diagnostics& diagnostics);
void domain_duplicate(const RuleInput& input, Diagnostics& diagnostics);
void domain_claimed(const RuleInput& input, Diagnostics& diagnostics);
void sasl_requires_tls(const RuleInput& input, Diagnostics& diagnostics);
void no_authentication_method(const RuleInput& input, Diagnostics& diagnostics);
void description_invalid(const RuleInput& input, Diagnostics& diagnostics);
void value_out_of_range(const RuleInput& input, Diagnostics& diagnostics);
void dialback_unused(const RuleInput& input, Diagnostics& diagnostics);
void sasl_with_optional_tls(const RuleInput& input, Diagnostics& diagnostics);
void domain_outside_primary(const RuleInput& input, Diagnostics& diagnostics);
void domain_single_label(const RuleInput& input, Diagnostics& diagnostics);
void domain_public_suffix(const RuleInput& input, Diagnostics& diagnostics);
void domain_mixed_script(const RuleInput& input, Diagnostics& diagnostics);
void domain_own(const RuleInput& input, Diagnostics& diagnostics);
void trust_exceeds_authentication(const RuleInput& input, Diagnostics& diagnostics);
void type_not_recommended(const RuleInput& input, Diagnostics& diagnostics);
void tcp_dialback_only(const RuleInput& input, Diagnostics& diagnostics);

/// Rules that look at one domain, of a partner or of ours.
void invalid(const NamedDomain& domain, Diagnostics& diagnostics);
void single_label(const NamedDomain& domain, Diagnostics& diagnostics);
void public_suffix(const NamedDomain& domain, Diagnostics& diagnostics);
void mixed_script(const NamedDomain& domain, Diagnostics& diagnostics);

/// A diagnostic whose rule, severity and partner are filled in by whoever runs the rule.
[[nodiscard]] Diagnostic diagnostic(std::string_view field, std::string message, std::string hint = {});

}  // namespace xmppfed::core::rule_checks

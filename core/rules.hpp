#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/diagnostic.hpp"
#include "core/partner/partner.hpp"

namespace xmppfed::core {

/// What the rules look at: a partner as it would be after a change, and what else they must know.
struct RuleInput {
    const Partner& partner;
    std::span<const Claim> claims = {};             ///< claims of other partners on this one's domains
    std::span<const std::string> own_domains = {};  ///< our own SIP and XMPP domains, sorted by bytes
};

/// A domain, and what it is called where it stands.
struct NamedDomain {
    std::string_view value;
    std::string_view field;                          ///< JSON key
    std::string_view label;                          ///< inside a sentence
    std::optional<std::size_t> item = std::nullopt;  ///< which item of the field it is
};

/// One rule. Ids are stable: users script against them.
struct Rule {
    std::string_view id;
    Severity severity;
    std::string_view when;  ///< one line for the manual

    /// Adds a finding for each thing that breaks the rule; null for a rule that another command evaluates by itself.
    void (*check)(const RuleInput& input, Diagnostics& findings);

    std::string_view reads = {};  ///< the keys that it looks at, between blanks; empty: the finding's field alone
};

/// Every rule, in the order in which findings are shown.
[[nodiscard]] std::span<const Rule> rules();

/// The row with that id; the id must be one of the table's.
[[nodiscard]] const Rule& rule(std::string_view id);

/// Runs every rule on a partner.
[[nodiscard]] Diagnostics check(const RuleInput& input);

/// Runs the rules that look at one domain on each: validity, single labels, public suffixes and mixed scripts.
[[nodiscard]] Diagnostics check_domains(std::span<const NamedDomain> domains);

/// A finding of a rule that is evaluated elsewhere.
[[nodiscard]] Diagnostic make_finding(std::string_view id, std::string_view field, std::string message,
                                      std::string hint = {});

/// A finding of `no-common-method`, when two sides offer nothing in common.
[[nodiscard]] Diagnostics check_common_methods(const std::vector<Method>& common);

/// A finding of `domain-invalid` when the domain named on a command line is none.
[[nodiscard]] Diagnostics check_domain_argument(std::string_view domain);

}  // namespace xmppfed::core

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/diagnostic.hpp"
#include "core/error.hpp"
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

/// One rule: a row of the table in `core/rule/rules.hpp`.
struct Rule {
    std::string_view id;  ///< stable: users script against it
    Severity severity = Severity::error;
    ErrorKind refuses_as = ErrorKind::refused;  ///< what its errors make of a command, when there are no others
    std::string_view when = {};                 ///< one line for the manual

    /// Adds a diagnostic for each thing that breaks the rule; null for a rule that another command evaluates by itself.
    void (*check)(const RuleInput& input, Diagnostics& diagnostics) = nullptr;

    std::string_view reads = {};  ///< the keys that it looks at, between blanks; empty: the diagnostic's field alone
};

}  // namespace xmppfed::core

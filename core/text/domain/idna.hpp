#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/text/domain/domain_name.hpp"

namespace xmppfed::core {

inline constexpr std::size_t longest_label = 63;  ///< octets (RFC 1035 section 2.3.4)
inline constexpr std::string_view a_label_prefix = "xn--";

/// A label as an A-label or LDH label: mapped by UTS 46 as Unicode 17 has it, and held against the rules of IDNA2008 for
/// one label, contextual ones included, also when it is given as an A-label. What libidn2 leaves alone (an underscore beside a letter with an umlaut, say) is
/// found by the checks on the result: its STD3 option would delete such characters instead.
[[nodiscard]] DomainName idna_label(std::string_view label);

/// The problem of a name with a label that IDNA2008 does not allow; `reason` stands in brackets.
[[nodiscard]] std::string idna_refusal(std::string_view label, std::string_view reason);

}  // namespace xmppfed::core

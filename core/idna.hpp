#pragma once

#include <cstddef>
#include <string_view>

#include "core/domain_name.hpp"

namespace xmppfed::core {

inline constexpr std::size_t longest_label = 63;  ///< octets (RFC 1035 section 2.3.4)
inline constexpr std::string_view a_label_prefix = "xn--";

/// A label as an A-label or LDH label. What libidn2 leaves alone (an underscore beside a letter with an umlaut, say) is
/// found by the checks on the result: its STD3 option would delete such characters instead.
[[nodiscard]] DomainName idna_label(std::string_view label);

}  // namespace xmppfed::core

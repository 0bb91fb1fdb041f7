#pragma once

#include <string>
#include <string_view>

namespace xmppfed::core {

/// Why a U-label breaks a contextual rule of RFC 5892 appendix A, or "". The rules for the joiners (A.1 and A.2) are
/// left to libidn2, but for what has changed since the Unicode that it knows.
[[nodiscard]] std::string contextual_problem(std::string_view label);

/// The name of the joiner that a label, which libidn2 refused for one, has where it means nothing.
[[nodiscard]] std::string_view misplaced_joiner(std::string_view label);

}  // namespace xmppfed::core

#pragma once

#include <string>
#include <vector>

#include "core/partner/negotiation.hpp"

namespace xmppfed::cli::view {

/// A line for each method with what it means, or "none".
[[nodiscard]] std::string methods_text(const std::vector<core::Method>& methods);

/// A line for each method that is not offered, with the reason.
[[nodiscard]] std::string exclusions_text(const std::vector<core::Exclusion>& exclusions);

}  // namespace xmppfed::cli::view

#pragma once

#include <string>
#include <string_view>

namespace xmppfed::core {

/// The lines that turn one text into another, with three lines around them, in the unified form that `patch` reads,
/// without a head; empty when the texts are the same. Where more lines differ than it pays to compare one by one, all
/// of them go and come.
[[nodiscard]] std::string line_diff(std::string_view before, std::string_view after);

}  // namespace xmppfed::core

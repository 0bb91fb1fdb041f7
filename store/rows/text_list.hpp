#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xmppfed::store {

/// Texts as one value: a JSON array, of which every engine makes rows again.
[[nodiscard]] std::string json_list(std::span<const std::string> texts);

/// The texts of such an array.
[[nodiscard]] std::vector<std::string> texts_in(std::string_view list);

}  // namespace xmppfed::store

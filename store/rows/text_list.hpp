#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/partner/partner.hpp"

namespace xmppfed::store {

/// Texts as one value: a JSON array, of which every engine makes rows again.
[[nodiscard]] std::string json_list(std::span<const std::string> texts);

/// The domains that each of these partners claims as one value: a JSON object of such arrays.
[[nodiscard]] std::string json_claims(std::span<const core::CommittedPartner> partners);

/// The texts of such an array.
[[nodiscard]] std::vector<std::string> texts_in(std::string_view list);

}  // namespace xmppfed::store

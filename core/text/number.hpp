#pragma once

#include <cstdint>
#include <string>

namespace xmppfed::core {

/// A number that an option gave, for a message: one that was beyond what is read counts as the greatest, and is not what
/// somebody typed.
[[nodiscard]] std::string typed_number(std::int64_t number);

}  // namespace xmppfed::core

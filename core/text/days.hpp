#pragma once

#include <cstdint>
#include <string>

namespace xmppfed::core {

/// "ends in 5 days", "ends today", or "ended 2 days ago" when `days_left`, rounded down, is negative.
[[nodiscard]] std::string end_in_days(std::int64_t days_left);

}  // namespace xmppfed::core

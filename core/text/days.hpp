#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace xmppfed::core {

/// "ends in 5 days", "ends today", or "ended 2 days ago" when `days_left`, rounded down, is negative.
[[nodiscard]] std::string end_in_days(std::int64_t days_left);

/// The same with the time itself: "ends 2026-06-13T08:59:59Z, in 5 days", "ended 2026-03-13T08:59:59Z, 2 days ago".
[[nodiscard]] std::string end_at(std::chrono::sys_seconds end, std::int64_t days_left);

}  // namespace xmppfed::core

#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

/// How a report writes numbers and times, whatever its format.
namespace xmppfed::core {

/// 1234567 is 1,234,567.
[[nodiscard]] std::string with_commas(std::int64_t number);

/// "1 partner", "1,234 partners".
[[nodiscard]] std::string counted_with_commas(std::int64_t number, std::string_view noun);

/// The date of a time as the store writes it, and the same with hour and minute; other text as it is.
[[nodiscard]] std::string_view day_of(std::string_view timestamp);
[[nodiscard]] std::string minute_of(std::string_view timestamp);

/// "15 March 2026, 09:30".
[[nodiscard]] std::string long_date(std::chrono::sys_seconds time);

/// "89 days left", "ends today", "ended 3 days ago".
[[nodiscard]] std::string days_text(std::int64_t days_left);

}  // namespace xmppfed::core

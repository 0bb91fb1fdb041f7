#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace xmppfed::core {

/// Which end of a time that somebody names counts: a day has many seconds.
enum class Bound { first, last };

/// The time, as `timestamp` writes it, that a text names: RFC 3339 with any offset, a date in UTC, or how long before
/// `now` in days or hours, `7d` or `24h`. None when it names none.
[[nodiscard]] std::optional<std::string> read_moment(std::string_view text, std::chrono::sys_seconds now, Bound bound);

}  // namespace xmppfed::core

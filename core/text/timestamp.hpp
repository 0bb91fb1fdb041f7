#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace xmppfed::core {

/// RFC 3339 in UTC with Z and whole seconds: 2026-03-15T09:30:00Z.
[[nodiscard]] std::string timestamp(std::chrono::sys_seconds time);

/// The time that a text is which `timestamp` writes; none for any other text.
[[nodiscard]] std::optional<std::chrono::sys_seconds> read_timestamp(std::string_view text);

/// Whether a text is one that `timestamp` writes.
[[nodiscard]] bool is_timestamp(std::string_view text);

}  // namespace xmppfed::core

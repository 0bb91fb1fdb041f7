#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace xmppfed::core {

/// RFC 3339 in UTC with Z and whole seconds: 2026-03-15T09:30:00Z.
[[nodiscard]] std::string timestamp(std::chrono::sys_seconds time);

/// Whether a text is one that `timestamp` writes.
[[nodiscard]] bool is_timestamp(std::string_view text);

}  // namespace xmppfed::core

#pragma once

#include <chrono>
#include <string>

namespace xmppfed::core {

/// RFC 3339 in UTC with Z and whole seconds: 2026-03-15T09:30:00Z.
[[nodiscard]] std::string timestamp(std::chrono::sys_seconds time);

}  // namespace xmppfed::core

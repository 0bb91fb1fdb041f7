#pragma once

#include <string>

#include "core/error.hpp"

namespace xmppfed::store {

/// A failure to reach or write the store at `path`: `system_failure`, and a hint that names the group that shares the
/// store, when that is what the user lacks.
[[nodiscard]] core::Error access_failure(std::string message, const std::string& path, int error_number);

/// The hint alone; "" when membership in no group would help.
[[nodiscard]] std::string hint_at_group(const std::string& path);

}  // namespace xmppfed::store

#pragma once

#include <string>

#include "core/error.hpp"

namespace xmppfed::store {

/// A failure of a system call: `message` with errno's text as its cause.
[[nodiscard]] core::Error system_failure(core::ErrorKind kind, std::string message, int error_number);

[[nodiscard]] std::string directory_of(const std::string& path);

/// Makes what is on the way of the directory durable.
void sync_directory(const std::string& directory);

}  // namespace xmppfed::store

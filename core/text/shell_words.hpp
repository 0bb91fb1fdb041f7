#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xmppfed::core {

/// A word as a POSIX shell reads it back: quoted where it must be. What must not reach a terminal is written as `$'\x1b'`,
/// which bash, zsh and POSIX.1-2024 read.
[[nodiscard]] std::string shell_quoted(std::string_view word);

/// The words of a command line, each quoted where it must be.
[[nodiscard]] std::string shell_line(const std::vector<std::string>& words);

}  // namespace xmppfed::core

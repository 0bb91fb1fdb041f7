#pragma once

#include <optional>

#include "core/pki/secret.hpp"

namespace xmppfed::cli {

/// A line that somebody types on standard input, which is a terminal, and that is not shown; none at the end of input.
/// Whatever ends the program meanwhile, the terminal shows again what is typed.
[[nodiscard]] std::optional<pki::Secret> read_secret_line();

}  // namespace xmppfed::cli

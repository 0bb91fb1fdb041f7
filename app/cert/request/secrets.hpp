#pragma once

#include <cstddef>
#include <string>

#include "core/pki/secret.hpp"

namespace xmppfed::app {

/// Comes before the first secret is read or made: keeps keys and passphrases out of core files, away from debuggers of
/// the same user and, as far as the process may lock pages, out of swapped memory.
void guard_secrets();

/// Comes last, when the command is done: wipes what may be left on the stack, if `guard_secrets` was called.
void forget_secrets();

/// Reads a file that holds a secret, or may by mistake; as `store::read_file`. Guards by itself.
[[nodiscard]] pki::Secret read_secret(const std::string& what, const std::string& path, std::size_t most);

}  // namespace xmppfed::app

#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "cli/line/options.hpp"
#include "core/pki/key.hpp"

namespace xmppfed::cli {

/// Where a passphrase comes from: never the command line itself, nor the environment.
struct PassphraseSource {
    std::string name = "key-passphrase";  ///< its options are --NAME-file and --NAME-fd
    std::optional<std::string> file;
    std::optional<int> descriptor;

    [[nodiscard]] bool given() const { return file || descriptor; }
};

/// The two options; `meaning` tells what the first line of the file is for. Throws failed for a descriptor that is not
/// open when the command line is read.
void bind_passphrase(OptionSet& options, PassphraseSource& source, std::string meaning);

/// The first line of the file or descriptor, without the newline; empty when no source is given. Throws a usage error
/// when both are given or the line is empty.
[[nodiscard]] pki::Secret read_passphrase(const PassphraseSource& source);

/// Comes before the first secret is read or made: keeps keys and passphrases out of core files, away from debuggers of
/// the same user and, as far as the process may lock pages, out of swapped memory.
void guard_secrets();

/// Comes last, when the command is done: wipes what may be left on the stack, if `guard_secrets` was called.
void forget_secrets();

/// Reads a file that holds a secret, or may by mistake; as `store::read_file`. Guards by itself.
[[nodiscard]] pki::Secret read_secret(const std::string& what, const std::string& path, std::size_t most);

}  // namespace xmppfed::cli

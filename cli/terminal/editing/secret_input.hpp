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

}  // namespace xmppfed::cli

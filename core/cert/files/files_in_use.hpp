#pragma once

#include <string>
#include <vector>

#include "core/diagnostic.hpp"

/// Whether the files that a server reads are those on record.
namespace xmppfed::core {

/// What was seen of one of them.
enum class FileState {
    right,
    missing,
    closed,     ///< whoever looks may not read it
    encrypted,  ///< a key that tells nothing without its passphrase
    different,
};

/// The files of the certificate in use, by their paths.
struct FilesInUse {
    std::string remedy;  ///< what puts it there again, as a hint
    std::string fullchain;
    FileState fullchain_state = FileState::right;  ///< never encrypted
    std::string key;
    FileState key_state = FileState::right;
};

/// `cert-files-differ` for each that is missing or not what is on record.
[[nodiscard]] Diagnostics check_files(const FilesInUse& files);

/// What could not be looked into, a sentence each.
[[nodiscard]] std::vector<std::string> unread_files(const FilesInUse& files);

}  // namespace xmppfed::core

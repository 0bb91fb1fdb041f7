#include "core/cert/files/files_in_use.hpp"

#include <fmt/format.h>

#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// What is wrong with a file, as the rest of a sentence; empty when nothing is known to be.
std::string problem_of(FileState state, std::string_view otherwise) {
    switch (state) {
    case FileState::missing:
        return "is missing";
    case FileState::different:
        return std::string{otherwise};
    case FileState::right:
    case FileState::closed:
    case FileState::encrypted:
        return {};
    }
    return {};
}

void add_diagnostic(const FilesInUse& files, const std::string& path, const std::string& problem,
                    Diagnostics& diagnostics) {
    if (!problem.empty()) {
        diagnostics.push_back(make_diagnostic(rule::cert_files_differ, "directory",
                                              fmt::format("{} {}", quote(path), problem), files.remedy));
    }
}

void add_note(const std::string& path, FileState state, std::vector<std::string>& notes) {
    if (state == FileState::closed) {
        notes.push_back(
            fmt::format("{} may not be read by you: whether it is the right one is not known", quote(path)));
    } else if (state == FileState::encrypted) {
        notes.push_back(fmt::format("{} is encrypted: whether it is the right key is not known", quote(path)));
    }
}

}  // namespace

Diagnostics check_files(const FilesInUse& files) {
    Diagnostics diagnostics;
    add_diagnostic(files, files.fullchain, problem_of(files.fullchain_state, "is not what is on record"), diagnostics);
    add_diagnostic(files, files.key, problem_of(files.key_state, "is not the key of the certificate"), diagnostics);
    return diagnostics;
}

std::vector<std::string> unread_files(const FilesInUse& files) {
    std::vector<std::string> notes;
    add_note(files.fullchain, files.fullchain_state, notes);
    add_note(files.key, files.key_state, notes);
    return notes;
}

}  // namespace xmppfed::core

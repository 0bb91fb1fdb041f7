#include "app/render/server_files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "app/held_signals.hpp"
#include "core/cert/files/file_access.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "store/files/abandoned.hpp"
#include "store/files/file.hpp"
#include "store/files/new_directories.hpp"
#include "store/files/open_directory.hpp"

namespace xmppfed::app {

namespace {

constexpr std::size_t longest_file = std::size_t{512} * 1024 * 1024;
constexpr const char* what = "file";
constexpr mode_t public_directory = 0755;

core::FileAccess access_for(const std::string& path) {
    const auto directory = store::access_of(store::directory_of(path)).value_or(core::FileAccess{});
    return core::configuration_access(store::access_of(path), directory, ::geteuid(), ::getegid());
}

/// The mode of a directory that is made: that of the one above it where what is new takes that one's group, which is the
/// server's then.
mode_t directory_mode(const std::string& directory) {
    const auto above = store::access_of(store::nearest(directory)).value_or(core::FileAccess{});
    return (above.mode & S_ISGID) != 0 ? above.mode : public_directory;
}

/// A link is read like what it leads to, and yet never replaced.
void refuse_irreplaceable(const std::string& path) {
    if (!store::is_regular(path)) {
        throw core::Error{core::ErrorKind::conflict, fmt::format("{} {} is no regular file", what, core::quote(path))}
            .hint("move it away");
    }
}

}  // namespace

ServerFiles::ServerFiles(std::vector<ServerFile> files) : files_{std::move(files)} {
    for (auto& file : files_) {
        if (store::is_taken(file.path)) {
            refuse_irreplaceable(file.path);
            file.before = store::read_regular_file(what, file.path, longest_file);
        }
    }
}

bool ServerFiles::is_changed() const {
    return std::ranges::any_of(files_, &ServerFile::is_changed);
}

std::optional<std::string> ServerFiles::missing_directory() const {
    auto directory = store::directory_of(files_.front().path);
    return store::is_taken(directory) ? std::nullopt : std::optional{std::move(directory)};
}

void ServerFiles::refuse_unwritable() const {
    for (const auto& file : files_) {
        store::refuse_unwritable(what, file.path, store::nearest(store::directory_of(file.path)));
    }
}

void ServerFiles::write() const {
    const HeldSignals signals;
    store::NewDirectories directories;
    if (const auto missing = missing_directory()) {
        const auto mode = directory_mode(*missing);
        directories.make(*missing, mode, mode);
    }
    std::vector<std::unique_ptr<store::NewFile>> written;
    tidy();
    for (const auto& file : files_) {
        written.push_back(
            std::make_unique<store::NewFile>(what, file.path, store::private_file, store::Existing::replace));
        written.back()->write(file.content);
        written.back()->give(access_for(file.path));
    }
    for (const auto& file : written) {
        file->publish();
    }
    for (const auto& file : written) {
        file->keep();
    }
    directories.keep();
}

void ServerFiles::tidy() const {
    for (const auto& file : files_) {
        store::remove_abandoned(file.path);
    }
}

}  // namespace xmppfed::app

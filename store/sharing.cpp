#include "store/sharing.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/engine.hpp"
#include "store/files/file.hpp"
#include "store/files/ownership.hpp"
#include "store/files/place.hpp"

namespace xmppfed::store {

namespace {

using core::Error;
using core::ErrorKind;
using core::quote;

constexpr mode_t shared_directory = 02770;  // new files take the directory's group
constexpr mode_t shared_file = 0660;

std::string file_name(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

Error linked(const std::string& path) {
    return Error{ErrorKind::conflict, fmt::format("the store {} is a symbolic link", quote(path))}.hint(
        "name the file that it leads to, if that is what you want to share");
}

void refuse_second_name(const struct stat& status, const std::string& path) {
    if (S_ISREG(status.st_mode) && status.st_nlink != 1) {
        throw Error{ErrorKind::conflict, fmt::format("the store {} has {} names", quote(path), status.st_nlink)}.hint(
            "find the others, which may be anywhere, with `find -samefile`; what is shared needs one alone");
    }
}

/// A directory may hold nothing but the store, its journal and its backups in the making.
void refuse_other_things(const std::vector<std::string>& names, const std::string& path) {
    const auto store = file_name(path);
    if (!std::ranges::all_of(
            names, [&](std::string_view name) { return name == "." || name == ".." || name.starts_with(store); })) {
        throw Error{ErrorKind::conflict,
                    fmt::format("the directory {} holds other things than the store", quote(directory_of(path)))}
            .hint("give a shared store a directory of its own, for the group may write to all of it");
    }
}

void refuse_open_place(const std::string& path) {
    if (const auto place = look_at_place(path); !place.open_directory.empty()) {
        throw Error{ErrorKind::failed, fmt::format("the store {} cannot be shared where it is: everybody may write the "
                                                   "directory {}",
                                                   quote(path), quote(place.open_directory))}
            .hint(fmt::format("choose another directory, or take that away with `chmod o-w {}`",
                              quote(place.open_directory)));
    }
}

OpenDirectory open_directory(const std::string& path) {
    const auto directory = resolved(path);
    auto opened = OpenDirectory::at(directory_of(directory));
    if (!opened) {
        throw Error{ErrorKind::failed, fmt::format("{} is no directory", quote(directory_of(path)))};
    }
    return std::move(*opened);
}

/// Opens the file of a store and looks at what was opened.
Descriptor open_file(const OpenDirectory& directory, const std::string& path) {
    Descriptor file{::openat(directory.descriptor().number(), file_name(path).c_str(),
                             O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
    if (file.number() < 0) {
        throw errno == ELOOP ? linked(path)
                             : system_failure(ErrorKind::failed, fmt::format("cannot open {}", quote(path)), errno);
    }
    struct stat status {};
    (void)::fstat(file.number(), &status);  // of an open descriptor it does not fail
    if (!S_ISREG(status.st_mode) || !engine().is_store_file(file.number())) {
        throw Error{ErrorKind::failed, fmt::format("{} is no store", quote(path))}.hint(
            "find out who put it there; name the store with --store or XMPPFED_STORE");
    }
    refuse_second_name(status, path);
    return file;
}

}  // namespace

void refuse_unshareable(const std::string& path, gid_t group) {
    refuse_open_place(path);
    if (struct stat status{}; ::lstat(path.c_str(), &status) == 0) {
        if (S_ISLNK(status.st_mode)) {
            throw linked(path);
        }
        refuse_second_name(status, path);
    }
    if (const auto directory = directory_of(path); is_taken(directory)) {
        refuse_other_things(names_in(directory), path);
    }
    if (!may_give_to(group)) {
        throw system_failure(ErrorKind::failed, fmt::format("cannot give {} to the group", quote(path)), EPERM);
    }
}

Sharing::Sharing(const std::string& path, gid_t group)
    : group_{group}, directory_{open_directory(path)}, path_{path}, file_{open_file(directory_, path)} {
    refuse_other_things(directory_.names(), path);
    refuse_unshareable(path, group);
}

void Sharing::give() const {
    const auto give = [&](const Descriptor& opened, const std::string& name, mode_t mode) {
        if (!opened.give({opened.access().owner, group_, mode})) {
            throw system_failure(ErrorKind::failed, fmt::format("cannot give {} to the group", quote(name)), errno);
        }
    };
    give(file_, path_, shared_file);
    give(directory_.descriptor(), directory_.path(), shared_directory);
}

}  // namespace xmppfed::store

#include "store/files/open_directory.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::store {

namespace {

using core::ErrorKind;
using core::quote;

constexpr mode_t new_directory = 0755;
constexpr unsigned permissions = 07777;
constexpr int directory_flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

core::Error cannot(std::string_view what, const std::string& path) {
    return system_failure(ErrorKind::failed, fmt::format("cannot {} {}", what, quote(path)), errno);
}

/// Nothing of that kind has the name: it is free, or a link or something else has it.
bool is_absent(int error_number) {
    return error_number == ENOENT || error_number == ENOTDIR || error_number == ELOOP;
}

core::FileAccess access_in(const struct stat& status) {
    return {status.st_uid, status.st_gid, status.st_mode & permissions};
}

}  // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

core::FileAccess Descriptor::access() const {
    struct stat status {};
    (void)::fstat(number_, &status);  // of an open descriptor it does not fail
    return access_in(status);
}

bool Descriptor::give(const core::FileAccess& access) const {
    const auto before = this->access();
    // Ownership goes first: changing it may clear bits of the mode.
    if ((before.owner != access.owner || before.group != access.group) &&
        ::fchown(number_, access.owner, access.group) != 0) {
        return false;
    }
    return this->access().mode == access.mode || ::fchmod(number_, access.mode) == 0;
}

std::optional<FileIdentity> identity_of(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? std::optional{FileIdentity{status.st_dev, status.st_ino}}
                                              : std::nullopt;
}

std::optional<core::FileAccess> access_of(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? std::optional{access_in(status)} : std::nullopt;
}

std::optional<OpenDirectory> OpenDirectory::at(const std::string& path) {
    const int number = ::open(path.c_str(), directory_flags);
    if (number < 0 && !is_absent(errno)) {
        throw cannot("open the directory", path);
    }
    return number < 0 ? std::nullopt : std::optional{OpenDirectory{number, path}};
}

std::vector<std::string> OpenDirectory::names() const {
    return names_in(::openat(descriptor_.number(), ".", directory_flags), path_);
}

std::optional<OpenDirectory> OpenDirectory::find(const std::string& name) const {
    const int number = ::openat(descriptor_.number(), name.c_str(), directory_flags | O_NOFOLLOW);
    if (number < 0 && !is_absent(errno)) {
        throw cannot("open the directory", path_of(name));
    }
    return number < 0 ? std::nullopt : std::optional{OpenDirectory{number, path_of(name)}};
}

bool OpenDirectory::make(const std::string& name) const {
    const bool made = ::mkdirat(descriptor_.number(), name.c_str(), new_directory) == 0;
    if (!made && errno != EEXIST) {
        throw cannot("make the directory", path_of(name));
    }
    return made;
}

Descriptor OpenDirectory::create(const std::string& name, mode_t mode) const {
    const int number =
        ::openat(descriptor_.number(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (number < 0) {
        throw cannot("write", path_of(name));
    }
    return Descriptor{number};
}

std::optional<FileContent> OpenDirectory::read(const std::string& name, std::size_t most) const {
    // A pipe without a writer must not hold us up.
    const int number = ::openat(descriptor_.number(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (number < 0 && !is_absent(errno)) {
        throw cannot("read", path_of(name));
    }
    const Descriptor file{number};
    struct stat status {};
    if (number < 0 || ::fstat(number, &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    return FileContent{
        read_descriptor(quote(path_of(name)), number, most), {status.st_dev, status.st_ino}, access_in(status)};
}

std::optional<FileIdentity> OpenDirectory::identity_of(const std::string& name) const {
    struct stat status {};
    const bool found = ::fstatat(descriptor_.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    return found ? std::optional{FileIdentity{status.st_dev, status.st_ino}} : std::nullopt;
}

std::optional<core::FileAccess> OpenDirectory::access_of(const std::string& name) const {
    struct stat status {};
    const bool found = ::fstatat(descriptor_.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    return found && S_ISREG(status.st_mode) ? std::optional{access_in(status)} : std::nullopt;
}

bool OpenDirectory::rename(const std::string& name, const std::string& new_name) const {
    const int here = descriptor_.number();
    const bool renamed = ::renameat2(here, name.c_str(), here, new_name.c_str(), RENAME_NOREPLACE) == 0;
    if (!renamed && errno != EEXIST) {
        throw cannot("make", path_of(new_name));
    }
    return renamed;
}

void OpenDirectory::link(const std::string& name, const std::string& target) const {
    // A link cannot be changed, only replaced.
    const auto partial = partial_name(path_of(name)).substr(path_.size() + 1);
    const int here = descriptor_.number();
    if (::symlinkat(target.c_str(), here, partial.c_str()) != 0) {
        throw cannot("make the link", path_of(partial));
    }
    if (::renameat(here, partial.c_str(), here, name.c_str()) != 0) {
        const int error_number = errno;
        (void)remove(partial);
        errno = error_number;
        throw cannot("switch the link", path_of(name));
    }
    sync();
}

bool OpenDirectory::remove(const std::string& name) const {
    return ::unlinkat(descriptor_.number(), name.c_str(), 0) == 0;
}

bool OpenDirectory::remove_directory(const std::string& name) const {
    return ::unlinkat(descriptor_.number(), name.c_str(), AT_REMOVEDIR) == 0;
}

void OpenDirectory::sync() const {
    if (::fsync(descriptor_.number()) != 0) {
        throw cannot("sync the directory", path_);
    }
}

void write_durably(const Descriptor& file, std::string_view text, const std::string& path) {
    if (!write_all(file.number(), text) || ::fsync(file.number()) != 0) {
        throw cannot("write", path);
    }
}

}  // namespace xmppfed::store

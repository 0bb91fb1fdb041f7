#include "store/file_site.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/engine.hpp"
#include "store/files/file.hpp"
#include "store/files/group_access.hpp"
#include "store/files/new_directories.hpp"
#include "store/files/open_directory.hpp"
#include "store/sharing.hpp"

namespace xmppfed::store {

namespace {

using core::Error;
using core::ErrorKind;
using core::quote;

constexpr mode_t private_directory = 0700;
constexpr mode_t public_directory = 0755;

/// The directory of a store's file, and what is missing above it.
void make_directory(NewDirectories& made, const std::string& path, Reach reach) {
    made.make(directory_of(path), private_directory, reach == Reach::group ? public_directory : private_directory);
}

}  // namespace

bool FileSite::has_store() const {
    const auto& path = location_.path;
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return false;
        }
        throw access_failure(fmt::format("cannot look at the store {}", quote(path)), path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        throw Error{ErrorKind::failed, fmt::format("the store {} is not a regular file", quote(path))}.hint(
            "name the store's file with --store or XMPPFED_STORE");
    }
    if ((status.st_mode & S_IWOTH) != 0) {
        throw Error{ErrorKind::failed, fmt::format("the store {} can be written by everybody", quote(path))}.hint(
            fmt::format("take that away with `chmod o-w {}`, and look at `xmppfed history`", quote(path)));
    }
    if (status.st_size > 0 && status.st_size < engine().smallest_file) {
        throw Error{ErrorKind::failed, fmt::format("{} is damaged, or no store at all", quote(path))}.hint(
            "name the store's file with --store or XMPPFED_STORE");
    }
    return status.st_size > 0;
}

std::unique_ptr<Store> FileSite::open() const {
    return engine().open(location_);
}

void FileSite::create(Reach reach) const {
    const auto& path = location_.path;
    NewDirectories directories;
    make_directory(directories, path, reach);
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, private_file);
    if (descriptor >= 0) {
        const Descriptor owner{descriptor};
        if (!restore_mode(descriptor, private_file)) {
            const int error_number = errno;
            ::unlink(path.c_str());
            throw access_failure(fmt::format("cannot create the store {}", quote(path)), path, error_number);
        }
    } else if (errno != EEXIST) {
        throw access_failure(fmt::format("cannot create the store {}", quote(path)), path, errno);
    }
    directories.keep();
}

Error FileSite::absence() const {
    const auto name = quote(location_.path);
    if (std::error_code failed; std::filesystem::exists(location_.path, failed)) {
        return Error{ErrorKind::not_found, fmt::format("the store {} is empty: its file has no octets", name)}
            .hint("if it ever held partners, bring back a copy that `xmppfed store backup` made")
            .hint("if it never did, the first change makes a store of it");
    }
    return Error{ErrorKind::not_found, fmt::format("there is no store at {}", name)}.hint(
        "name it with --store or XMPPFED_STORE; the first change makes it");
}

void FileSite::take_over(Store& other, Reach reach) const {
    NewDirectories directories;
    make_directory(directories, location_.path, reach);
    other.backup(location_.path);
    directories.keep();
}

void FileSite::refuse_unwritable(Right /*right*/) const {
    const auto& path = location_.path;
    store::refuse_unwritable("the store", path, nearest(directory_of(path)));
    if (is_taken(path) && ::access(path.c_str(), W_OK) != 0) {
        throw access_failure(fmt::format("cannot write the store {}", quote(path)), path, errno);
    }
}

bool FileSite::includes(const std::string& path) const {
    const auto& store = location_.path;
    std::error_code failed;
    const auto real_store = std::filesystem::weakly_canonical(store, failed).string();
    // A suffix changes nothing of the directory, and finding out where that is takes a look at each above it.
    const auto place = resolved(path);
    const std::array files{resolved(store), resolved(real_store)};
    const auto is_file_with = [&](const char* suffix) {
        return std::ranges::any_of(files, [&](const auto& file) { return file + suffix == place; });
    };
    return is_file_with("") || std::ranges::any_of(engine().suffixes, is_file_with);
}

void FileSite::refuse_unshareable(gid_t group) const {
    store::refuse_unshareable(location_.path, group);
}

void FileSite::share(gid_t group) const {
    Sharing{location_.path, group}.give();
}

void FileSite::grant(std::span<const Grant> /*grants*/) const {
    throw Error{ErrorKind::usage,
                "a store in a file knows no roles: the permissions of the file are who may administer"}
        .hint("give it to a group with --group");
}

}  // namespace xmppfed::store

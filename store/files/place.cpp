#include "store/files/place.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::store {

namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;
using core::quote;
using Status = struct stat;

constexpr int most_links = 40;  // as many as the kernel follows

std::optional<Status> status_of(const std::string& path) {
    Status status{};
    return ::stat(path.c_str(), &status) == 0 ? std::optional{status} : std::nullopt;
}

std::optional<Status> link_status(const std::string& path) {
    Status status{};
    return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode) ? std::optional{status} : std::nullopt;
}

bool is_open(const std::string& directory) {
    const auto status = status_of(directory);
    return status && (status->st_mode & S_IWOTH) != 0 && (status->st_mode & S_ISVTX) == 0;
}

std::string open_directory_above(std::string path) {
    do {
        path = directory_of(path);
        if (is_open(path)) {
            return path;
        }
    } while (path != "/");
    return {};
}

/// The path with its links resolved, as far as it is there.
std::string canonical(const std::string& path) {
    std::error_code failed;
    const auto whole = fs::weakly_canonical(path, failed);
    return failed ? path : whole.string();
}

}  // namespace

Place look_at_place(const std::string& path) {
    const auto target = canonical(path);
    Place place;
    place.open_directory = open_directory_above(path);
    if (place.open_directory.empty()) {
        place.open_directory = open_directory_above(target);
    }
    for (const auto& each : {target, directory_of(target), directory_of(path)}) {
        const auto status = status_of(each);
        if (status && place.foreign.empty() && status->st_uid != 0 && status->st_uid != ::geteuid()) {
            place.foreign = each;
            place.owner = status->st_uid;
        }
    }
    return place;
}

std::string followed(const std::string& path) {
    const auto target = status_of(path);
    if (!target) {
        return path;
    }
    auto link = path;
    for (int step = 0; step < most_links; ++step) {
        const auto status = link_status(link);
        if (!status) {
            break;
        }
        if (status->st_uid != ::geteuid() && status->st_uid != 0 && status->st_uid != target->st_uid) {
            throw Error{ErrorKind::failed,
                        fmt::format("the store {} is a symbolic link of user {}, who does not own what it leads to",
                                    quote(path), status->st_uid)}
                .hint("find out who put it there; name the file itself with --store or XMPPFED_STORE");
        }
        std::error_code failed;
        const auto next = fs::read_symlink(link, failed);
        link = failed ? link : (fs::path{link}.parent_path() / next).string();
    }
    return canonical(path);
}

void refuse_to_fill(const std::string& path) {
    const auto status = status_of(path);
    if (status && status->st_uid != ::geteuid()) {
        throw Error{ErrorKind::failed, fmt::format("{} is an empty file of user {}, and no store is made in it",
                                                   quote(path), status->st_uid)}
            .hint("name another file with --store or XMPPFED_STORE, or delete this one");
    }
    if (status && status->st_nlink > 1) {
        throw Error{ErrorKind::failed, fmt::format("{} is an empty file with {} names, and no store is made in it",
                                                   quote(path), status->st_nlink)}
            .hint("name another file with --store or XMPPFED_STORE, or delete this name of it");
    }
}

}  // namespace xmppfed::store

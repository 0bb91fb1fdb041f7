#include "store/files/group_access.hpp"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/files/file.hpp"
#include "store/files/ownership.hpp"

namespace xmppfed::store {

namespace {

/// The path itself, or the nearest directory above it that lets us look at it.
std::optional<struct stat> nearest_status(std::string path) {
    struct stat status {};
    while (::stat(path.c_str(), &status) != 0) {
        if (path == "/") {
            return std::nullopt;
        }
        path = directory_of(path);
    }
    return status;
}

/// Whether the group may do what others may not, and we are neither in it nor the owner.
bool lacks_group(const struct stat& status) {
    const auto group_may = (status.st_mode & S_IRWXG) >> 3U;
    const auto others_may = status.st_mode & S_IRWXO;
    return (group_may & ~others_may) != 0 && status.st_uid != ::geteuid() && !may_give_to(status.st_gid);
}

bool lists_user(const struct group& group, std::string_view user) {
    for (char** member = group.gr_mem; *member != nullptr; ++member) {
        if (*member == user) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::string hint_at_group(const std::string& path) {
    const auto status = nearest_status(path);
    if (!status || !lacks_group(*status)) {
        return {};
    }
    // NOLINTBEGIN(concurrency-mt-unsafe): one thread
    const auto* const group = ::getgrgid(status->st_gid);
    const auto* const user = ::getpwuid(::geteuid());
    // NOLINTEND(concurrency-mt-unsafe)
    if (group == nullptr || user == nullptr) {
        return fmt::format("the store belongs to the group {}, and you are not in it", status->st_gid);
    }
    const auto group_name = core::escape(group->gr_name);
    if (lists_user(*group, user->pw_name)) {
        return fmt::format("you have joined the group {} since you logged in: log in again, or begin with `newgrp {}`",
                           group_name, group_name);
    }
    return fmt::format(
        "the group {} shares this store, and you are not in it: ask root for `usermod -aG {} {}`, then log in again",
        group_name, group_name, core::escape(user->pw_name));
}

core::Error access_failure(std::string message, const std::string& path, int error_number) {
    auto error = system_failure(core::ErrorKind::failed, std::move(message), error_number);
    const auto hint = error_number == EACCES ? hint_at_group(path) : std::string{};
    return hint.empty() ? error : std::move(error).hint(hint);
}

}  // namespace xmppfed::store

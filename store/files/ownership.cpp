#include "store/files/ownership.hpp"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::store {

namespace {

/// The number that is given in the place of a name of a user or group; `what` says of which. Throws not-found.
id_t number_in_place_of(std::string_view what, const std::string& name) {
    id_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc{} || end != name.data() + name.size() || number == static_cast<id_t>(-1)) {
        throw core::Error{core::ErrorKind::not_found, fmt::format("there is no {} {}", what, core::quote(name))};
    }
    return number;
}

}  // namespace

uid_t user_id(const std::string& user) {
    const auto* entry = ::getpwnam(user.c_str());  // NOLINT(concurrency-mt-unsafe): one thread
    return entry != nullptr ? entry->pw_uid : number_in_place_of("user", user);
}

gid_t group_id(const std::string& group) {
    const auto* entry = ::getgrnam(group.c_str());  // NOLINT(concurrency-mt-unsafe): one thread
    return entry != nullptr ? entry->gr_gid : number_in_place_of("group", group);
}

bool may_give_to(gid_t group) {
    std::vector<gid_t> groups(static_cast<std::size_t>(std::max(0, ::getgroups(0, nullptr))));
    groups.resize(static_cast<std::size_t>(std::max(0, ::getgroups(static_cast<int>(groups.size()), groups.data()))));
    return ::geteuid() == 0 || ::getegid() == group || std::ranges::count(groups, group) > 0;
}

}  // namespace xmppfed::store

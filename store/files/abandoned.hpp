#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/files/open_directory.hpp"

namespace xmppfed::store {

/// What a name that `partial_name` made tells.
struct PartialName {
    std::string whole;  ///< the name of what it was to become
    pid_t process;      ///< who made it
};

/// None for any other name.
[[nodiscard]] std::optional<PartialName> read_partial_name(std::string_view name);

/// Something that a process left unfinished.
struct Abandoned {
    std::string name;
    std::string whole;  ///< what it was to become
};

/// Partial forms in a directory that belong to one of these users and whose process runs no more: it was killed, for
/// nothing else leaves them. What they are, a file, a directory or a link, is not looked at. As a process elsewhere may
/// not be seen from here, call it while the store's lock is held, and before this process makes one of its own.
[[nodiscard]] std::vector<Abandoned> abandoned_in(const OpenDirectory& directory, const std::vector<uid_t>& owners);

/// Takes away the abandoned forms of one file that belong to this user. What cannot be deleted stays.
void remove_abandoned(const std::string& path);

/// Whether a process of that number runs here; this one does not count.
[[nodiscard]] bool is_another_running(pid_t process);

}  // namespace xmppfed::store

#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

namespace xmppfed::store {

/// The number of a user, which may be given in the place of the name as for chown(1): in a container there may be no
/// names. Throws not-found when there is none of that name. Groups: `group_id` in store/open.hpp.
[[nodiscard]] uid_t user_id(const std::string& user);

/// The number that is given in the place of a name of a user or group; `what` says of which. Throws not-found.
[[nodiscard]] id_t number_in_place_of(std::string_view what, const std::string& name);

/// Whether files of ours may be given to a group: who is not root may give them to groups of theirs only.
[[nodiscard]] bool may_give_to(gid_t group);

}  // namespace xmppfed::store

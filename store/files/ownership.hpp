#pragma once

#include <sys/types.h>

#include <string>

namespace xmppfed::store {

/// The number of a user, which may be given in the place of the name as for chown(1): in a container there may be no
/// names. Throws not-found when there is none of that name.
[[nodiscard]] uid_t user_id(const std::string& user);

/// The same of a group.
[[nodiscard]] gid_t group_id(const std::string& group);

/// Whether files of ours may be given to a group: who is not root may give them to groups of theirs only.
[[nodiscard]] bool may_give_to(gid_t group);

}  // namespace xmppfed::store

#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>

#include "store/location.hpp"
#include "store/store.hpp"

namespace xmppfed::store {

/// Whether there is a store: a missing or an empty file is none. Throws when the path is there but cannot be one: not a
/// regular file, or writable by everybody.
[[nodiscard]] bool exists(const std::string& path);

/// Opens a store that exists. A rollback journal left by a process that was killed is played back, so that even a
/// reader may write. A symbolic link is followed, as its owner made it: once, and then no other that may be put in its
/// place meanwhile (see `followed` in store/files/place.hpp).
[[nodiscard]] std::unique_ptr<Store> open(const Location& location);

/// Who is to reach a store.
enum class Reach { owner, group };

/// Makes sure that there is a file to open: missing directories with mode 0700 (above the store's own 0755 when a group
/// is to reach it), the file with mode 0600. Safe against others that do the same at the same time.
void create(const std::string& path, Reach reach = Reach::owner);

/// The number of a group. Throws not-found when there is none of that name.
[[nodiscard]] gid_t group_id(const std::string& group);

/// Throws what a change would for the file's sake: a dry run looks, and does not try.
void refuse_unwritable_store(const std::string& path);

/// Whether the path is the store, or one of the files that the engine makes beside it: nothing else may be written there.
[[nodiscard]] bool belongs_to_store(const std::string& path, const std::string& store);

/// An empty store that lives as long as the object: what a missing store looks like to a reader, and a fast one for
/// tests.
[[nodiscard]] std::unique_ptr<Store> open_in_memory(std::chrono::sys_seconds now);

}  // namespace xmppfed::store

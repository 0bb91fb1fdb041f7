#pragma once

#include <sys/types.h>

#include <optional>

#include "app/book.hpp"

namespace xmppfed::app {

enum class Making { made, was_there };

/// Makes an empty store, or looks at the one that is there, and gives it to a group that administers together. Throws
/// failed for what is there and is no store of ours, and what `Site::refuse_unshareable` does, before anything is made.
[[nodiscard]] Making make_store(Book& book, std::optional<gid_t> group);

}  // namespace xmppfed::app

#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "app/book.hpp"

namespace xmppfed::app {

enum class Making { made, was_there };

/// Makes an empty store, or looks at the one that is there, and gives it to a group that administers together. Throws
/// failed for what is there and is no store of ours, and what `Site::refuse_unshareable` does, before anything is made.
[[nodiscard]] Making make_store(Book& book, std::optional<gid_t> group);

/// Fills the store, which is there, with what the store in that file has, history included. Throws not-found when there
/// is none, a conflict when anything was committed here before.
void fill_store(Book& book, const std::string& file);

}  // namespace xmppfed::app

#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "app/book.hpp"
#include "store/site.hpp"

namespace xmppfed::app {

enum class Making { made, was_there };

struct StoreWish {
    std::optional<gid_t> group;             ///< that administers together
    std::optional<std::string> from;        ///< absolute: the file of another store, to be copied
    std::vector<store::Grant> grants = {};  ///< what roles of a database are given afterwards
};

/// Makes a store, or, without `from`, looks at the one that is there, and gives it to the group or rights to the roles. An older store in a file
/// is brought up to date in the copy. Throws failed for what is there and is no store of ours, not-found for a missing
/// file or role, a conflict when there is a store already, and what `Site::refuse_unshareable` does, before anything is
/// made.
[[nodiscard]] Making make_store(Book& book, const StoreWish& wish);

/// What that would come to, with what it would refuse; nothing is made.
[[nodiscard]] Making intend_store(Book& book, const StoreWish& wish);

}  // namespace xmppfed::app

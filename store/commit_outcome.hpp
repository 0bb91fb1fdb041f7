#pragma once

#include <optional>

#include "core/error.hpp"

namespace xmppfed::store {

/// What became of the changes of a commit.
enum class CommitEnd {
    durable,        ///< they are there and survive a power cut
    committed,      ///< they are there for everybody to see; whether they survive a power cut is not certain
    not_committed,  ///< nothing has changed
    unknown,        ///< one of the above: the store could not be looked at
};

/// How a commit ended. Whoever has files that belong to it takes them back when it is not committed, and only then.
struct CommitOutcome {
    CommitEnd end = CommitEnd::durable;
    std::optional<core::Error> error = {};  ///< what the commit reported; none when it is durable
    bool was_looked_for = false;            ///< it is durable, which took another look, for the answer was lost

    /// Whether the changes are there, or may be.
    [[nodiscard]] bool may_stand() const { return end != CommitEnd::not_committed; }
};

}  // namespace xmppfed::store

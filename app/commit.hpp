#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "app/book.hpp"
#include "core/change_set.hpp"
#include "core/history/history_entry.hpp"
#include "store/right.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// Looks at the store and decides what to change; it changes nothing itself.
using Decide = std::function<core::ChangeSet(store::Reader& reader, std::string_view now)>;

/// Looks at a store, and writes when there is a writer. Returns the right that it takes to commit that, or none when there
/// is nothing to commit.
using Work = std::function<std::optional<store::Right>(store::Reader& reader, store::Writer* writer,
                                                       const core::Commit& commit)>;

/// What happens outside of the store at the moment of a commit. Who gives this takes back what was done, unless `keep` was
/// called.
struct Alongside {
    std::function<void()> act = {};   ///< while no other process commits; when it throws nothing is committed
    std::function<void()> keep = {};  ///< what was asked for is there, or may be: what belongs to it must stay
};

/// How a commit ended that did not fail.
enum class Outcome {
    unchanged,  ///< all is as was asked for already
    intended,   ///< a dry run: it would be committed
    committed,  ///< durable
    found,      ///< the same, but the answer was lost, and the commit was looked for
};

[[nodiscard]] constexpr bool is_committed(Outcome outcome) {
    return outcome == Outcome::committed || outcome == Outcome::found;
}

/// Carries out one commit: `work` looks at the store and, when it is given a writer, writes into its transaction; it
/// returns whether there is anything to commit, and refuses by throwing. No writer is given in a dry run, nor at the
/// first look at a store that does not exist yet: a refusal, a dry run or work that changes nothing must not leave a
/// store behind. `work` may be called twice. Throws when the commit is not durable, and says what became of it.
[[nodiscard]] Outcome transact(Book& book, const Work& work, const Alongside& alongside = {});

/// What `commit` did, or would do.
struct Settled {
    core::ChangeSet changes;
    std::vector<core::HistoryEntry> entries;  ///< of the history: those recorded, or that would be
    Outcome outcome = Outcome::unchanged;
};

/// Decides and commits in one transaction: refuses what is unsound, writes the changes and their history. Nothing is
/// written, and no store is made, by a refusal, a dry run or a decision that changes nothing. `decide` may be called
/// twice.
[[nodiscard]] Settled commit(Book& book, const Decide& decide, const Alongside& alongside = {});

}  // namespace xmppfed::app

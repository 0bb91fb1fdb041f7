#pragma once

#include <cstdint>
#include <optional>

#include "app/commit.hpp"
#include "core/history/past_book.hpp"

namespace xmppfed::app {

/// What undoing did, or would do, and of which commit.
struct Undone {
    std::int64_t commit = 0;
    Settled settled;
};

/// Commits the opposite of a commit, or of the last one when none is named. Throws not-found when there is no such
/// commit; a conflict when a later one changed the same partners, the edge or the gateway, when it concerns a certificate, or when
/// none is named and somebody else made the last one, by the name of either system or database; a refusal when today's rules refuse the result.
[[nodiscard]] Undone undo(Book& book, const std::optional<std::int64_t>& commit);

/// What the store held after a commit. Throws not-found when there is no such commit.
[[nodiscard]] core::PastBook book_after(store::Reader& reader, std::int64_t commit);

}  // namespace xmppfed::app

#pragma once

#include <functional>
#include <future>
#include <optional>

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/sqlite/connection.hpp"

namespace xmppfed::store {

/// What another thread answers to a question, which it asks on a connection of its own: that has a lock on the same file
/// before this returns, so that it sees what this connection sees in its transaction, and goes on seeing it. None where
/// no other connection does: for what is in memory, where something was changed, with a log in which somebody may commit
/// meanwhile, and where the file has gone elsewhere. To give the answer up waits for it.
[[nodiscard]] std::optional<std::future<bool>> asked_beside(SqliteConnection& connection,
                                                            std::function<bool(SQLite::Database&)> question);

}  // namespace xmppfed::store

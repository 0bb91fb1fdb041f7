#pragma once

#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/diagnostic.hpp"
#include "store/sqlite/connection.hpp"

namespace xmppfed::store {

/// Queries for whether a row breaks a CHECK constraint of its table, one for each table that has any.
using ConstraintQueries = std::vector<std::string>;
[[nodiscard]] ConstraintQueries constraint_queries(SQLite::Database& schema);

/// Adds what SQLite finds when it looks at a whole database: pages, indexes, and whether rows keep the constraints of
/// their tables. With the queries of its schema that takes half the time where all is sound: a constraint has the list of
/// `x IN (...)` made anew for each row, and a query once.
void check_integrity(SQLite::Database& database, const std::optional<ConstraintQueries>& queries,
                     core::Diagnostics& diagnostics);

/// Whether that would find nothing, by another thread: on a connection of its own which has a lock on the same file, while
/// this one goes on reading. None where no other connection sees what this one sees in its transaction.
[[nodiscard]] std::optional<std::future<bool>> soundness_beside(SqliteConnection& connection,
                                                                ConstraintQueries queries);

/// The conditions of the CHECK constraints in a statement that makes a table.
[[nodiscard]] std::vector<std::string_view> check_conditions(std::string_view statement);

}  // namespace xmppfed::store

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/diagnostic.hpp"

namespace xmppfed::store {

/// Whether a row breaks a CHECK constraint of its table.
struct ConstraintQuery {
    std::string table;
    std::string query;
};

/// One for each table that has any.
using ConstraintQueries = std::vector<ConstraintQuery>;
[[nodiscard]] ConstraintQueries constraint_queries(SQLite::Database& schema);

/// Adds what SQLite finds when it looks at a whole database: pages, indexes, and whether rows keep the constraints of
/// their tables. With the queries of its schema that takes half the time where all is sound: a constraint has the list of
/// `x IN (...)` made anew for each row, and a query once. On a connection that may not write SQLite looks at no
/// constraint, and the queries alone tell.
void check_integrity(SQLite::Database& database, const std::optional<ConstraintQueries>& queries,
                     core::Diagnostics& diagnostics);

/// The conditions of the CHECK constraints in a statement that makes a table.
[[nodiscard]] std::vector<std::string_view> check_conditions(std::string_view statement);

}  // namespace xmppfed::store

#pragma once

#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

namespace xmppfed::store {

/// Gives the connection the SQL function `row_checksum`, which `core::Checksum` computes of its arguments as texts.
void add_checksum_function(SQLite::Database& database);

/// `INSERT INTO TABLE (COLUMNS, checksum) VALUES (…), …`, with a parameter for each of the columns of each row, one row
/// after the other, and the checksum of them.
[[nodiscard]] std::string insert_with_checksum(std::string_view table, std::string_view columns, std::size_t rows = 1);

}  // namespace xmppfed::store

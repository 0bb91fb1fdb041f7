#pragma once

#include <cstddef>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

namespace xmppfed::store {

/// How the rows of a table are put into one of another database.
struct Transfer {
    std::string from;  ///< a table that has the columns wanted
    std::string order;
    std::string into;         ///< what stands between INSERT and its rows
    std::string on_conflict;  ///< what stands behind them
    std::size_t columns;
    std::size_t at_once;  ///< rows a statement: starting one costs as much as several of them
};

void transfer(SQLite::Database& from, SQLite::Database& to, const Transfer& how);

}  // namespace xmppfed::store

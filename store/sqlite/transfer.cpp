#include "store/sqlite/transfer.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

namespace {

/// A text of `count` rows of parameters.
std::string rows_of_parameters(std::size_t count, std::size_t columns) {
    std::string rows;
    for (std::size_t row = 0; row < count; ++row) {
        rows += fmt::format("{}({})", row == 0 ? "" : ", ", parameters(columns));
    }
    return rows;
}

/// Binds row after row. Texts live in `texts` until the statement has run, and keep their memory for the next.
void bind_rows(SQLite::Statement& put, SQLite::Statement& rows, std::size_t count, std::vector<std::string>& texts) {
    const auto columns = rows.getColumnCount();
    texts.resize(count * static_cast<std::size_t>(columns));
    int index = 0;
    for (std::size_t row = 0; row < count && rows.executeStep(); ++row) {
        for (int column = 0; column < columns; ++column) {
            auto& text = texts[static_cast<std::size_t>(index)];
            if (const auto value = rows.getColumn(column); value.isNull()) {
                put.bind(++index);
            } else if (value.isInteger()) {
                put.bind(++index, value.getInt64());
            } else {
                text = text_in(rows, column);
                put.bindNoCopy(++index, text);
            }
        }
    }
}

}  // namespace

void transfer(SQLite::Database& from, SQLite::Database& to, const Transfer& how) {
    auto left = static_cast<std::size_t>(from.execAndGet("SELECT count(*) FROM " + how.from).getInt64());
    SQLite::Statement rows{from, fmt::format("SELECT * FROM {} ORDER BY {}", how.from, how.order)};
    std::vector<std::string> texts;
    std::optional<SQLite::Statement> put;
    for (std::size_t prepared = 0; left > 0; left -= prepared) {
        if (const auto count = std::min(left, how.at_once); count != prepared) {
            put.emplace(to, fmt::format("INSERT INTO {} VALUES {} {}", how.into, rows_of_parameters(count, how.columns),
                                        how.on_conflict));
            prepared = count;
        }
        put->reset();
        bind_rows(*put, rows, prepared, texts);
        put->exec();
    }
}

}  // namespace xmppfed::store

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/rows/columns.hpp"
#include "store/rows/text_list.hpp"

namespace xmppfed::store {

/// `?, ?, …`
[[nodiscard]] std::string parameters(std::size_t count);

/// Binds a value to a parameter. A text is not copied: it must live as long as the statement may use it.
void bind_value(SQLite::Statement& statement, int index, const Value& value);

/// The value in a column, until the next step. Whatever is there is taken for the kind that it should be.
[[nodiscard]] Cell cell_in(SQLite::Statement& row, int column, Kind kind);

/// A value as text, until the next step.
[[nodiscard]] std::string_view text_of(const SQLite::Column& value);

/// The text in a column, until the next step.
[[nodiscard]] std::string_view text_in(SQLite::Statement& row, int column);

/// Binds a text without a copy, and anything else.
inline void bind_each(SQLite::Statement& statement, int index, const std::string& text) {
    statement.bindNoCopy(index, text);
}
void bind_each(SQLite::Statement& statement, int index, const auto& value) {
    statement.bind(index, value);
}

/// Runs a statement with these values for its parameters.
void run(SQLite::Statement& statement, const auto&... values) {
    statement.reset();
    int index = 0;
    (bind_each(statement, ++index, values), ...);
    statement.exec();
}

/// Runs a statement whose parameters are the values of a row, and then `more`.
void put_row(SQLite::Statement& statement, std::span<const Value> row, const auto&... more) {
    statement.reset();
    int index = 0;
    for (const auto& value : row) {
        bind_value(statement, ++index, value);
    }
    (bind_each(statement, ++index, more), ...);
    statement.exec();
}

/// An entity from a row that has its columns from `first` on. Throws `core::Error` of kind failed when a value is none
/// of its column: the store is damaged.
template <class Entity>
[[nodiscard]] Entity read_row(SQLite::Statement& row, std::span<const Column<Entity>> columns, int first = 0) {
    Entity entity;
    for (const auto& column : columns) {
        column.set(entity, cell_in(row, first++, column.kind), column.name);
    }
    return entity;
}

/// Has the statements that are prepared from now on sort in files without names, so that the number of rows does not matter.
void sort_on_disk(SQLite::Database& database);

/// The claims that a statement selects with this value for its parameter.
[[nodiscard]] std::vector<core::Claim> claims_in(SQLite::Statement& select, const std::string& value);

/// Frees the domain that is its one parameter.
extern const char* const release_sql;

/// Selects the additional domains of the partner that is its one parameter; and adds them to it.
extern const char* const additional_domains_sql;
void read_additional_domains(SQLite::Statement& select, core::CommittedPartner& partner);

}  // namespace xmppfed::store

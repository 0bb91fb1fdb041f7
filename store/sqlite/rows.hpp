#pragma once

#include <span>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/rows/columns.hpp"

namespace xmppfed::store {

/// `?, ?, …`
[[nodiscard]] std::string parameters(std::size_t count);

/// Binds a value to a parameter. A text is not copied: it must live as long as the statement may use it.
void bind_value(SQLite::Statement& statement, int index, const Value& value);

/// The value in a column. Whatever is there is taken for the kind that it should be.
[[nodiscard]] Value value_in(SQLite::Statement& row, int column, Kind kind);

/// A set of texts for one parameter: `json_each` makes rows of it.
[[nodiscard]] std::string json_list(std::span<const std::string> texts);

/// Runs a statement with these values for its parameters.
void run(SQLite::Statement& statement, const auto&... values) {
    statement.reset();
    int index = 0;
    (statement.bind(++index, values), ...);
    statement.exec();
}

/// Runs a statement whose parameters are the columns of an entity, and then `more`. Long texts are not copied for it.
template <class Entity>
void put_row(SQLite::Statement& statement, std::span<const Column<Entity>> columns, const Entity& entity,
             const auto&... more) {
    std::vector<Value> values;
    values.reserve(columns.size());
    statement.reset();
    int index = 0;
    for (const auto& column : columns) {
        bind_value(statement, ++index, values.emplace_back(column.get(entity)));
    }
    (statement.bind(++index, more), ...);
    statement.exec();
}

/// Runs a statement whose parameters are the columns of several entities, one after the other.
template <class Entity>
void put_rows(SQLite::Statement& statement, std::span<const Column<Entity>> columns, std::span<const Entity> entities) {
    std::vector<Value> values;
    values.reserve(columns.size() * entities.size());
    statement.reset();
    int index = 0;
    for (const auto& entity : entities) {
        for (const auto& column : columns) {
            bind_value(statement, ++index, values.emplace_back(column.get(entity)));
        }
    }
    statement.exec();
}

/// An entity from a row that has its columns from `first` on. Throws `core::Error` of kind failed when a value is none
/// of its column: the store is damaged.
template <class Entity>
[[nodiscard]] Entity read_row(SQLite::Statement& row, std::span<const Column<Entity>> columns, int first = 0) {
    Entity entity;
    for (const auto& column : columns) {
        column.set(entity, value_in(row, first++, column.kind), column.name);
    }
    return entity;
}

/// Selects the additional domains of the partner that is its one parameter; and adds them to it.
extern const char* const additional_domains_sql;
void read_additional_domains(SQLite::Statement& select, core::CommittedPartner& partner);

}  // namespace xmppfed::store

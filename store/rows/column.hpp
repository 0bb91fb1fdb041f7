#pragma once

#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/field/member_path.hpp"
#include "store/rows/form.hpp"

namespace xmppfed::store {

/// A column of the table that keeps entities of this type: whatever the engine, its statements follow from a list of
/// these.
template <class Entity>
struct Column {
    std::string_view name;
    Kind kind{};
    bool is_optional = false;               ///< it may hold none
    Value (*get)(const Entity&) = nullptr;  ///< may borrow from the entity

    /// Throws `core::Error` of kind failed, which tells the column's name, for what is no value of it.
    void (*set)(Entity&, const Cell&, std::string_view name) = nullptr;

    /// The column of the member that `Path` leads to, one member pointer after the other, kept in the form of its type.
    template <auto... Path>
    [[nodiscard]] static consteval Column of(std::string_view name) {
        using Member = std::remove_cvref_t<decltype(core::member<Path...>(std::declval<Entity&>()))>;
        return as<Form<Member>, Path...>(name);
    }

    /// The same, kept in a form of its own.
    template <class Its, auto... Path>
    [[nodiscard]] static consteval Column as(std::string_view name) {
        return {name, Its::kind, Its::is_optional,
                [](const Entity& entity) { return Its::put(core::member<Path...>(entity)); },
                [](Entity& entity, const Cell& cell, std::string_view its_name) {
                    core::member<Path...>(entity) = Its::take(cell, its_name);
                }};
    }
};

/// The names of columns, with commas between them; after `table` and a dot when it is not empty.
template <class Entity>
[[nodiscard]] std::string names_of(std::span<const Column<Entity>> columns, std::string_view table = {}) {
    std::string names;
    for (const auto& column : columns) {
        names += fmt::format("{}{}{}{}", names.empty() ? "" : ", ", table, table.empty() ? "" : ".", column.name);
    }
    return names;
}

/// The row that keeps an entity, whose texts it may borrow; there is room for a checksum behind it.
template <class Entity>
[[nodiscard]] std::vector<Value> row_of(std::span<const Column<Entity>> columns, const Entity& entity) {
    std::vector<Value> row;
    row.reserve(columns.size() + 1);
    for (const auto& column : columns) {
        row.push_back(column.get(entity));
    }
    return row;
}

/// What an INSERT does when there is a row with the same key, which is the first of the columns: it replaces the others.
template <class Entity>
[[nodiscard]] std::string on_same_key(std::span<const Column<Entity>> columns) {
    std::string clause;
    for (const auto& column : columns.subspan(1)) {
        clause += fmt::format("{}{} = excluded.{}", clause.empty() ? "" : ", ", column.name, column.name);
    }
    return fmt::format("ON CONFLICT ({}) DO UPDATE SET {}", columns.front().name, clause);
}

}  // namespace xmppfed::store

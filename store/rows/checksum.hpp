#pragma once

#include <cstdint>
#include <span>

#include "core/history/checksum.hpp"
#include "store/rows/column.hpp"

namespace xmppfed::store {

/// Adds a value to the checksum of its row, an integer by its digits.
void add(core::Checksum& checksum, const Value& value);

/// The checksum over the columns of a row.
[[nodiscard]] std::int64_t checksum_of(std::span<const Value> row);

/// The same, of the row that keeps an entity.
template <class Entity>
[[nodiscard]] std::int64_t checksum_of(std::span<const Column<Entity>> columns, const Entity& entity) {
    core::Checksum checksum;
    for (const auto& column : columns) {
        add(checksum, column.get(entity));
    }
    return checksum.value();
}

}  // namespace xmppfed::store

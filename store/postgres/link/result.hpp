#pragma once

#include <charconv>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "store/postgres/link/libpq.hpp"
#include "store/rows/column.hpp"

namespace xmppfed::store {

/// What a statement answered: rows, if it has any. Rows and columns count from 0.
class PostgresResult {
  public:
    explicit PostgresResult(PGresult* result) : result_{result} {}

    [[nodiscard]] PGresult* get() const { return result_.get(); }
    [[nodiscard]] int rows() const { return libpq().row_count(result_.get()); }
    [[nodiscard]] bool is_null(int row, int column) const { return libpq().is_null(result_.get(), row, column) != 0; }

    /// Empty for NULL.
    [[nodiscard]] std::string_view text(int row, int column) const {
        return {libpq().value(result_.get(), row, column),
                static_cast<std::size_t>(libpq().length(result_.get(), row, column))};
    }
    [[nodiscard]] std::int64_t integer(int row, int column) const {
        const auto digits = text(row, column);
        std::int64_t number = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
        return number;
    }
    [[nodiscard]] Value value(int row, int column, Kind kind) const {
        if (is_null(row, column)) {
            return {};
        }
        switch (kind) {
        case Kind::text:
            return Value{std::string{text(row, column)}};
        case Kind::integer:
            return Value{integer(row, column)};
        }
        return {};
    }

  private:
    struct Clear {
        void operator()(PGresult* result) const { libpq().clear(result); }
    };
    std::unique_ptr<PGresult, Clear> result_;
};

/// An entity from a row that has its columns from `first` on. Throws `core::Error` of kind failed when a value is none
/// of its column: the store is damaged.
template <class Entity>
[[nodiscard]] Entity read_row(const PostgresResult& result, int row, std::span<const Column<Entity>> columns,
                              int first = 0) {
    Entity entity;
    for (const auto& column : columns) {
        column.set(entity, result.value(row, first++, column.kind), column.name);
    }
    return entity;
}

}  // namespace xmppfed::store

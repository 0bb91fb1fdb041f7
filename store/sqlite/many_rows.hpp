#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/rows/column.hpp"

namespace xmppfed::store {

/// How rows are put.
struct Insertion {
    std::size_t columns;  ///< of a row
    std::size_t at_once;  ///< rows a statement

    /// The statement for so many rows, with a parameter for each of their columns.
    std::function<std::string(std::size_t rows)> sql;
};

/// The statement that puts parameters into columns, whose names have commas between them, and no more.
[[nodiscard]] Insertion insertion(std::string_view table, std::string_view columns, std::size_t at_once,
                                  std::string_view on_conflict = {});

/// The one that makes claims.
[[nodiscard]] Insertion claim_insertion();

/// Puts rows into a table, several a statement: starting one costs as much as several rows. `database` must outlive it.
class ManyRows {
  public:
    ManyRows(SQLite::Database& database, Insertion insertion);

    /// A row that has the texts in the first columns of this one.
    void add(SQLite::Statement& row);

    /// A row of these texts and integers.
    void add_values(const auto&... values) {
        auto* slot = next_row();
        ((slot++)->take(values), ...);
        end_row();
    }

    /// A row that keeps an entity, and then `more`.
    template <class Entity>
    void add(std::span<const Column<Entity>> columns, const Entity& entity, const auto&... more) {
        auto* slot = next_row();
        for (const auto& column : columns) {
            (slot++)->take(column.get(entity));
        }
        ((slot++)->take(more), ...);
        end_row();
    }

    /// What was added and is not put yet. Precedes the destruction, which puts nothing.
    void finish();

  private:
    /// A value that keeps its memory for the next.
    struct Slot {
        bool has_text = false;
        std::string text;
        Value other;

        void take(std::string_view its_text) {
            has_text = true;
            text = its_text;
        }
        void take(std::int64_t integer) { take(Value{integer}); }
        void take(Value&& value);
    };

    [[nodiscard]] Slot* next_row();
    void end_row();

    SQLite::Database& database_;
    Insertion insertion_;
    std::vector<Slot> slots_;
    std::size_t rows_ = 0;  ///< in `slots_`, not put yet
    std::optional<SQLite::Statement> put_;
    std::size_t prepared_ = 0;  ///< rows that `put_` takes
};

}  // namespace xmppfed::store

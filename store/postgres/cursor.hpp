#pragma once

#include <optional>
#include <span>
#include <string>

#include "store/postgres/link/connection.hpp"

namespace xmppfed::store {

/// The rows of a SELECT, however many there are, some of them in memory. The connection is free between the steps, so
/// that whoever visits a row may ask for others. Belongs to a transaction.
class PostgresCursor {
  public:
    PostgresCursor(PostgresConnection& connection, const std::string& select, std::span<const Value> parameters = {});
    PostgresCursor(const PostgresCursor&) = delete;
    PostgresCursor& operator=(const PostgresCursor&) = delete;
    ~PostgresCursor();

    /// Goes to the next row, at first to the first. Whether there is one.
    [[nodiscard]] bool next();

    [[nodiscard]] std::string_view text(int column) const { return rows_->text(row_, column); }
    [[nodiscard]] std::int64_t integer(int column) const { return rows_->integer(row_, column); }
    [[nodiscard]] bool is_null(int column) const { return rows_->is_null(row_, column); }
    template <class Entity>
    [[nodiscard]] Entity read(std::span<const Column<Entity>> columns) const {
        return read_row(*rows_, row_, columns);
    }
    [[nodiscard]] const PostgresResult& rows() const { return *rows_; }
    [[nodiscard]] int row() const { return row_; }

  private:
    PostgresConnection& connection_;
    std::string name_;
    std::optional<PostgresResult> rows_;
    int row_ = 0;
};

}  // namespace xmppfed::store

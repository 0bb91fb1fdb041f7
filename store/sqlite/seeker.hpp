#pragma once

#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

/// Looks texts up, in ascending order, in rows that are ordered by them: what is near is reached by stepping, and what
/// is far by the index.
class Seeker {
  public:
    /// `sql` selects the rows whose first column is not less than `?1`, in its order.
    Seeker(const SQLite::Database& database, const std::string& sql) : rows_{database, sql} {}

    /// Goes to the first row with this text, or a greater one. Whether there is one with this text.
    bool seek(std::string_view text) {
        if (!has_begun_) {
            begin_at(text);
        }
        constexpr int near = 8;
        for (int steps = 0; has_row_ && key() < text; ++steps) {
            if (steps == near) {
                begin_at(text);
            } else {
                next();
            }
        }
        return is_at(text);
    }

    void next() { has_row_ = rows_.executeStep(); }

    [[nodiscard]] bool is_at(std::string_view text) { return has_row_ && key() == text; }

    [[nodiscard]] SQLite::Statement& row() { return rows_; }

  private:
    [[nodiscard]] std::string_view key() { return text_in(rows_, 0); }

    void begin_at(std::string_view text) {
        rows_.reset();
        rows_.bind(1, std::string{text});
        has_begun_ = true;
        next();
    }

    SQLite::Statement rows_;
    bool has_begun_ = false;
    bool has_row_ = false;
};

}  // namespace xmppfed::store

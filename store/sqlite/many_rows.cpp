#include "store/sqlite/many_rows.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

Insertion insertion(std::string_view table, std::string_view columns, std::size_t at_once,
                    std::string_view on_conflict) {
    const auto count = static_cast<std::size_t>(std::ranges::count(columns, ',')) + 1;
    const auto begin = fmt::format("INSERT INTO {} ({}) VALUES ", table, columns);
    const auto end = fmt::format(" {}", on_conflict);
    return {count, at_once, [=](std::size_t rows) {
                auto sql = begin;
                for (std::size_t row = 0; row < rows; ++row) {
                    sql += fmt::format("{}({})", row == 0 ? "" : ", ", parameters(count));
                }
                return sql + end;
            }};
}

Insertion claim_insertion() {
    return insertion("claim", "domain, partner", /*at_once=*/64);
}

ManyRows::ManyRows(SQLite::Database& database, Insertion insertion)
    : database_{database}, insertion_{std::move(insertion)} {}

void ManyRows::Slot::take(Value&& value) {
    if (const auto* const its_text = value.text()) {
        take(std::string_view{*its_text});
    } else {
        has_text = false;
        other = std::move(value);
    }
}

ManyRows::Slot* ManyRows::next_row() {
    const auto first = rows_ * insertion_.columns;
    slots_.resize(std::max(slots_.size(), first + insertion_.columns));
    return &slots_[first];
}

void ManyRows::add(SQLite::Statement& row) {
    auto* slot = next_row();
    for (int column = 0; column < static_cast<int>(insertion_.columns); ++column) {
        (slot++)->take(text_in(row, column));
    }
    end_row();
}

void ManyRows::end_row() {
    if (++rows_ == insertion_.at_once) {
        finish();
    }
}

void ManyRows::finish() {
    if (rows_ == 0) {
        return;
    }
    if (rows_ != prepared_) {
        put_.emplace(database_, insertion_.sql(rows_));
        prepared_ = rows_;
    }
    put_->reset();
    for (std::size_t i = 0; i < rows_ * insertion_.columns; ++i) {
        const auto& [has_text, text, other] = slots_[i];
        const auto index = static_cast<int>(i) + 1;
        if (has_text) {
            put_->bindNoCopy(index, text);
        } else {
            bind_value(*put_, index, other);
        }
    }
    put_->exec();
    rows_ = 0;
}

}  // namespace xmppfed::store

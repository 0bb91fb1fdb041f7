#include "cli/view/table_view.hpp"

#include <algorithm>
#include <numeric>

#include <nlohmann/json.hpp>

#include "core/field.hpp"
#include "core/text.hpp"

namespace xmppfed::cli::view {

namespace {

constexpr std::size_t rows_that_decide = 1000;
constexpr std::size_t gap = 2;
constexpr std::size_t least_width = 3;  // so that the widest table fits 40 columns

std::string cell(const Column& column, const core::Json& item) {
    const auto text =
        column.text != nullptr ? column.text(item) : core::plain_text(item.at(std::string{column.key}), " ");
    return core::escape(text);
}

}  // namespace

TableView::TableView(Output& out, const ListShape& shape, const ListOptions& options)
    : out_{out}, shape_{shape}, options_{options} {}

void TableView::item(const core::Json& item) {
    Row row;
    for (const auto& column : shape_.columns) {
        row.push_back(cell(column, item));
    }
    if (!widths_.empty()) {
        write_row(row);
        return;
    }
    buffered_.push_back(std::move(row));
    if (buffered_.size() == rows_that_decide) {
        write_buffered();
    }
}

void TableView::end(const core::Json& /*trailer*/) {
    if (widths_.empty() && !buffered_.empty()) {
        write_buffered();
    }
}

void TableView::decide_widths() {
    for (const auto& column : shape_.columns) {
        widths_.push_back(core::display_width(column.heading));
    }
    for (const auto& row : buffered_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths_[i] = std::max(widths_[i], core::display_width(row[i]));
        }
    }
    fit_to_terminal();
}

/// Takes columns from those that give way first, until the row fits or nothing is left to take.
void TableView::fit_to_terminal() {
    if (!options_.columns) {
        return;
    }
    const auto order = [&](std::size_t i) {
        const int given = shape_.columns[i].shrink_order;
        return given == 0 ? static_cast<int>(shape_.columns.size()) : given;
    };
    std::vector<std::size_t> indexes(widths_.size());
    std::iota(indexes.begin(), indexes.end(), std::size_t{0});
    std::ranges::stable_sort(indexes, {}, order);
    auto total = std::accumulate(widths_.begin(), widths_.end(), gap * (widths_.size() - 1));
    for (const auto i : indexes) {
        const auto excess = total > *options_.columns ? total - *options_.columns : 0;
        const auto spare = widths_[i] > least_width ? widths_[i] - least_width : 0;
        const auto taken = std::min(excess, spare);
        widths_[i] -= taken;
        total -= taken;
    }
}

void TableView::write_buffered() {
    decide_widths();
    Row headings;
    for (const auto& column : shape_.columns) {
        headings.emplace_back(column.heading);
    }
    write_row(headings);
    for (const auto& row : buffered_) {
        write_row(row);
    }
    buffered_.clear();
}

void TableView::write_row(const Row& row) {
    std::string line;
    std::size_t owed = 0;  // blanks before the next text, so that no line ends in blanks
    for (std::size_t i = 0; i < row.size(); ++i) {
        const bool may_overflow = !options_.columns && i + 1 == row.size();
        const auto text = may_overflow ? row[i] : core::shorten(row[i], widths_[i]);
        if (!text.empty()) {
            line += std::string(owed, ' ') + text;
            owed = 0;
        }
        owed += widths_[i] - std::min(widths_[i], core::display_width(text)) + gap;
    }
    out_.write(line + "\n");
}

}  // namespace xmppfed::cli::view

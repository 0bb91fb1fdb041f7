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
constexpr std::size_t readable_width = 8;  // of texts, as long as there is room
constexpr std::size_t least_width = 3;     // so that the widest table fits 40 columns

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

/// Narrows those that give way in their order: all of them to where they can still be read before one goes below that.
/// Then the others, the widest first; and the first column, which tells the rows apart, last.
void TableView::fit_to_terminal() {
    if (!options_.columns) {
        return;
    }
    const auto total = std::accumulate(widths_.begin(), widths_.end(), gap * (widths_.size() - 1));
    auto excess = total > *options_.columns ? total - *options_.columns : 0;
    const auto narrow = [&](std::size_t i, std::size_t floor) {
        const auto taken = std::min(excess, widths_[i] - std::min(widths_[i], floor));
        widths_[i] -= taken;
        excess -= taken;
    };
    const auto order = [&](std::size_t i) { return shape_.columns[i].shrink_order; };
    std::vector<std::size_t> indexes(widths_.size());
    std::iota(indexes.begin(), indexes.end(), std::size_t{0});
    std::ranges::stable_sort(indexes, {}, order);
    const auto first_to_give = std::ranges::find_if(indexes, [&](std::size_t i) { return order(i) > 0; });
    for (const auto floor : {readable_width, least_width}) {
        std::for_each(first_to_give, indexes.end(), [&](std::size_t i) { narrow(i, floor); });
    }
    const auto second = std::next(widths_.begin());
    for (auto widest = std::max_element(second, widths_.end());
         excess > 0 && widest != widths_.end() && *widest > least_width;
         widest = std::max_element(second, widths_.end())) {
        narrow(static_cast<std::size_t>(widest - widths_.begin()), *widest - 1);
    }
    narrow(0, least_width);
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

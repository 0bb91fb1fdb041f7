#include "cli/view/layout/table_view.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/terminal/messages.hpp"
#include "core/field/field.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

constexpr std::size_t rows_that_decide = 1000;

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
    if (layout_) {
        write_row(row);
        return;
    }
    buffered_.push_back(std::move(row));
    if (buffered_.size() == rows_that_decide) {
        write_buffered();
    }
}

void TableView::end(const core::Json& /*trailer*/) {
    if (!layout_ && !buffered_.empty()) {
        write_buffered();
    }
    if (layout_ && !layout_->left_out.empty()) {
        tell_what_is_left_out();
    }
}

void TableView::write_buffered() {
    layout_ = lay_out(shape_.columns, buffered_, options_.columns);
    if (!layout_->is_blocks) {
        out_.write(heading_line(*layout_, shape_.columns) + "\n");
    }
    for (const auto& row : buffered_) {
        write_row(row);
    }
    buffered_.clear();
}

void TableView::write_row(const Row& row) {
    const auto line = layout_->is_blocks ? std::string{} : table_line(*layout_, shape_.columns, row);
    const bool is_block = options_.columns && (layout_->is_blocks || core::display_width(line) > *options_.columns);
    out_.write(is_block ? block_of_lines(shape_.columns, row, *options_.columns) : line + "\n");
}

void TableView::tell_what_is_left_out() {
    if (options_.messages == nullptr) {
        return;
    }
    std::vector<std::string> headings;
    for (const auto i : layout_->left_out) {
        headings.emplace_back(shape_.columns[i].heading);
    }
    out_.flush();  // it is about what was shown
    options_.messages->note(
        fmt::format("the terminal has no room for {}; a wider one and -o json show all", core::join(headings, ", ")));
}

}  // namespace xmppfed::cli::view

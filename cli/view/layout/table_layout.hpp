#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/json/json.hpp"

namespace xmppfed::cli::view {

/// What the values of a column are, and so what becomes of them where they have no room.
enum class Content {
    whole,  ///< a name, a value of an enumeration, a number, a time, a path: never cut
    names,  ///< several names with a blank between: as many as have room, one at least, and how many more there are
    parts,  ///< the same of what has blanks in it, with `; ` between
    text,   ///< free text: cut, its last column an ellipsis
};

/// One column of a table.
struct Column {
    std::string_view key;  ///< of the item
    std::string_view heading;
    Content content = Content::whole;
    int rank = 0;  ///< the highest goes first where there is no room; 0: without it an item is not told, it stays
    std::string (*text)(const core::Json& item) = nullptr;  ///< null: the value of `key`
    bool is_rare = false;                                   ///< where no item has it, nobody misses it
};

/// The cells of an item, one for each column, safe for a terminal.
using Row = std::vector<std::string>;

/// What fits into `width` columns of a cell. What must not be cut stays, and is wider than that.
[[nodiscard]] std::string fitted(Content content, const std::string& cell, std::size_t width);

/// The columns that a table shows. Widths are those of a terminal, see `core::display_width`.
struct TableLayout {
    static constexpr std::size_t gap = 2;  ///< between columns

    std::optional<std::size_t> terminal;
    std::vector<std::size_t> shown;     ///< indexes of columns, in order
    std::vector<std::size_t> widths;    ///< of the shown ones, none narrower than its heading
    std::vector<std::size_t> left_out;  ///< indexes of the others
    bool is_blocks = false;             ///< not even those that must stay have room: each item takes lines of its own
};

/// Decides from the rows at hand. `terminal`: its columns; none: as wide as it takes, and nothing
/// is cut.
[[nodiscard]] TableLayout lay_out(std::span<const Column> columns, std::span<const Row> rows,
                                  std::optional<std::size_t> terminal);

/// The line of a row, without its end. What must not be cut and is wider than its column moves the cells behind it; the
/// line may then be wider than the terminal.
[[nodiscard]] std::string table_line(const TableLayout& layout, std::span<const Column> columns, const Row& row);
[[nodiscard]] std::string heading_line(const TableLayout& layout, std::span<const Column> columns);

/// A row as `HEADING: value` lines, the first one further out; each line fits `terminal` columns, unless a single value
/// that must not be cut, or a heading, is wider. What is not set has no line.
[[nodiscard]] std::string block_of_lines(std::span<const Column> columns, const Row& row, std::size_t terminal);

}  // namespace xmppfed::cli::view

#include "cli/view/layout/table_layout.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

constexpr std::size_t readable_text = 16;  // columns of a text below which it says too little
constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();
constexpr std::size_t block_indent = 2;
constexpr std::size_t value_indent = 4;  // of a value that has no room beside its heading

/// What a column asks for.
struct Need {
    std::size_t natural = 0;  ///< to show all that is in it
    std::size_t least = 0;
    bool is_empty = true;
};

/// Of the cells of a column, each fitted to `width`, and its heading.
std::size_t widest(const Column& column, std::span<const Row> rows, std::size_t index, std::size_t width) {
    auto most = core::display_width(column.heading);
    for (const auto& row : rows) {
        const auto& cell = row[index];
        if (core::display_width(cell) > most) {
            most = std::max(most, core::display_width(fitted(column.content, cell, width)));
        }
    }
    return most;
}

Need need_of(const Column& column, std::span<const Row> rows, std::size_t index) {
    return {.natural = widest(column, rows, index, unlimited),
            .least = widest(column, rows, index, readable_text),
            .is_empty = std::ranges::all_of(rows, [&](const Row& row) { return row[index].empty(); })};
}

std::size_t table_width(const std::vector<std::size_t>& widths) {
    return std::accumulate(widths.begin(), widths.end(), TableLayout::gap * (widths.size() - 1));
}

/// Leaves out what says nothing, then what says least, until the rest has room or must stay.
void leave_out(TableLayout& layout, std::span<const Column> columns, const std::vector<Need>& needs,
               std::size_t terminal) {
    const auto least_width = [&] {
        std::vector<std::size_t> widths;
        std::ranges::transform(layout.shown, std::back_inserter(widths), [&](auto i) { return needs[i].least; });
        return table_width(widths);
    };
    const auto dispensable = [&](std::size_t i) {
        const auto rank = columns[i].rank;
        return std::pair{rank > 0 && needs[i].is_empty, rank};
    };
    while (layout.shown.size() > 1 && least_width() > terminal) {
        const auto next = std::ranges::max_element(layout.shown, {}, dispensable);
        if (columns[*next].rank == 0) {
            break;
        }
        layout.left_out.push_back(*next);
        layout.shown.erase(next);
    }
    layout.is_blocks = least_width() > terminal;
    if (layout.is_blocks) {
        layout.left_out.clear();  // a block has room for all
    }
    std::ranges::sort(layout.left_out);
}

/// Gives the room that is left to what can use it, the most telling first.
void widen(TableLayout& layout, std::span<const Column> columns, std::span<const Row> rows, std::size_t terminal) {
    auto room = terminal - std::min(terminal, table_width(layout.widths));
    std::vector<std::size_t> order(layout.shown.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return columns[layout.shown[i]].rank; });
    for (const auto i : order) {
        const auto most = layout.widths[i] + room;
        const auto used = widest(columns[layout.shown[i]], rows, layout.shown[i], most);
        room = most - std::max(used, layout.widths[i]);
        layout.widths[i] = most - room;
    }
}

std::vector<std::string> parts_of(std::string_view cell, std::string_view separator) {
    std::vector<std::string> parts;
    for (auto at = cell.find(separator); at != std::string_view::npos; at = cell.find(separator)) {
        parts.emplace_back(cell.substr(0, at));
        cell.remove_prefix(at + separator.size());
    }
    parts.emplace_back(cell);
    return parts;
}

/// As many parts as fit, and how many more there are.
std::string fitted_parts(const std::string& cell, std::string_view separator, std::size_t width) {
    const auto names = parts_of(cell, separator);
    auto text = names.front();
    std::string best;
    for (std::size_t shown = 1; shown < names.size(); ++shown) {
        auto candidate = fmt::format("{} +{} more", text, names.size() - shown);
        if (!best.empty() && core::display_width(candidate) > width) {
            break;
        }
        best = std::move(candidate);
        text += std::string{separator} + names[shown];
    }
    return best.empty() ? text : best;
}

}  // namespace

std::string fitted(Content content, const std::string& cell, std::size_t width) {
    if (core::display_width(cell) <= width) {
        return cell;
    }
    switch (content) {
    case Content::whole:
        return cell;
    case Content::names:
        return fitted_parts(cell, " ", width);
    case Content::parts:
        return fitted_parts(cell, "; ", width);
    case Content::text:
        return core::shorten(cell, width);
    }
    return cell;
}

TableLayout lay_out(std::span<const Column> columns, std::span<const Row> rows, std::optional<std::size_t> terminal) {
    std::vector<Need> needs;
    TableLayout layout;
    layout.terminal = terminal;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        needs.push_back(need_of(columns[i], rows, i));
        if (!columns[i].is_rare || !needs[i].is_empty) {
            layout.shown.push_back(i);
        }
    }
    if (terminal) {
        leave_out(layout, columns, needs, *terminal);
    }
    for (const auto i : layout.shown) {
        layout.widths.push_back(terminal ? needs[i].least : needs[i].natural);
    }
    if (terminal) {
        widen(layout, columns, rows, *terminal);
    }
    return layout;
}

namespace {

/// Joins cells at the places of their columns. `cell_of` is told the column, and where in the line the cell will stand.
/// No line ends in blanks.
template <class CellOf>
std::string aligned(const TableLayout& layout, CellOf cell_of) {
    std::string line;
    std::size_t used = 0;
    std::size_t place = 0;  // where the column begins
    for (std::size_t i = 0; i < layout.shown.size(); ++i) {
        const auto at = used == 0 ? place : std::max(place, used + TableLayout::gap);
        if (const std::string cell = cell_of(i, at); !cell.empty()) {
            line += std::string(at - used, ' ') + cell;
            used = at + core::display_width(cell);
        }
        place += layout.widths[i] + TableLayout::gap;
    }
    return line;
}

}  // namespace

std::string table_line(const TableLayout& layout, std::span<const Column> columns, const Row& row) {
    return aligned(layout, [&](std::size_t i, std::size_t at) {
        const auto column = layout.shown[i];
        if (!layout.terminal) {
            return row[column];
        }
        const bool is_last = i + 1 == layout.shown.size();
        const auto rest = *layout.terminal - std::min(*layout.terminal, at);
        const auto width = is_last ? std::max(rest, std::min(readable_text, layout.widths[i])) : layout.widths[i];
        return fitted(columns[column].content, row[column], width);
    });
}

std::string heading_line(const TableLayout& layout, std::span<const Column> columns) {
    return aligned(layout, [&](std::size_t i, std::size_t) { return std::string{columns[layout.shown[i]].heading}; });
}

std::string block_of_lines(std::span<const Column> columns, const Row& row, std::size_t terminal) {
    const auto indented = [&](std::size_t indent, const std::string& text) {
        const bool fits = indent + core::display_width(text) <= terminal;
        return std::string(fits ? indent : 0, ' ') + text + "\n";
    };
    std::string block;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& cell = row[i];
        const auto content = columns[i].content;
        const auto indent = block.empty() ? 0 : block_indent;
        const auto lead = fmt::format("{}: ", columns[i].heading);
        const auto taken = indent + core::display_width(lead);
        const auto room = terminal - std::min(terminal, taken);
        if (cell.empty()) {
            continue;
        }
        if (core::display_width(fitted(content, cell, readable_text)) <= room) {
            block += indented(indent, lead + fitted(content, cell, room));
        } else {
            const auto below = terminal > value_indent ? terminal - value_indent : terminal;
            block += indented(indent, lead.substr(0, lead.size() - 1));
            block += indented(value_indent, fitted(content, cell, below));
        }
    }
    return block;
}

}  // namespace xmppfed::cli::view

#include "core/text/line_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

namespace xmppfed::core {

namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t context = 3;
constexpr std::size_t most_edits = 1000;  ///< memory grows with the square

/// One line of the result: what it is marked with.
struct Edit {
    char mark;  ///< ' ', '-' or '+'
    std::string_view line;
};

Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

/// The furthest that each diagonal reaches with a number of edits (Myers, "An O(ND) Difference Algorithm"): one row for
/// each number, from none to what was needed; empty when that would be too many.
std::vector<std::vector<std::ptrdiff_t>> furthest_reaches(const Lines& a, const Lines& b) {
    const auto a_size = static_cast<std::ptrdiff_t>(a.size());
    const auto b_size = static_cast<std::ptrdiff_t>(b.size());
    const auto most = static_cast<std::ptrdiff_t>(std::min(a.size() + b.size(), most_edits));
    std::vector<std::vector<std::ptrdiff_t>> rows;
    for (std::ptrdiff_t edits = 0; edits <= most; ++edits) {
        std::vector<std::ptrdiff_t> row(static_cast<std::size_t>(2 * edits + 1));
        for (std::ptrdiff_t k = -edits; k <= edits; k += 2) {
            std::ptrdiff_t x = 0;
            if (edits > 0) {
                const auto& last = rows.back();  // of diagonal k: last[k + edits - 1]
                const bool down = k == -edits || (k != edits && last[static_cast<std::size_t>(k + edits - 2)] <
                                                                    last[static_cast<std::size_t>(k + edits)]);
                x = down ? last[static_cast<std::size_t>(k + edits)]
                         : last[static_cast<std::size_t>(k + edits - 2)] + 1;
            }
            while (x < a_size && x - k < b_size &&
                   a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)]) {
                ++x;
            }
            row[static_cast<std::size_t>(k + edits)] = x;
            if (x >= a_size && x - k >= b_size) {
                rows.push_back(std::move(row));
                return rows;
            }
        }
        rows.push_back(std::move(row));
    }
    return {};
}

/// All lines of both texts, those that stay once.
std::vector<Edit> edits_between(const Lines& a, const Lines& b) {
    std::vector<Edit> edits;
    const auto rows = furthest_reaches(a, b);
    if (rows.empty()) {
        std::ranges::transform(a, std::back_inserter(edits), [](auto line) { return Edit{'-', line}; });
        std::ranges::transform(b, std::back_inserter(edits), [](auto line) { return Edit{'+', line}; });
        return edits;
    }
    auto x = static_cast<std::ptrdiff_t>(a.size());
    auto y = static_cast<std::ptrdiff_t>(b.size());
    for (auto number = static_cast<std::ptrdiff_t>(rows.size()) - 1; number > 0; --number) {
        const auto& last = rows[static_cast<std::size_t>(number - 1)];
        const auto reach = [&](std::ptrdiff_t k) { return last[static_cast<std::size_t>(k + number - 1)]; };
        const auto k = x - y;
        const bool down = k == -number || (k != number && reach(k - 1) < reach(k + 1));
        const auto from_x = down ? reach(k + 1) : reach(k - 1);
        const auto from_y = from_x - (down ? k + 1 : k - 1);
        while (x > from_x && y > from_y) {
            edits.push_back({' ', a[static_cast<std::size_t>(--x)]});
            --y;
        }
        edits.push_back(down ? Edit{'+', b[static_cast<std::size_t>(--y)]}
                             : Edit{'-', a[static_cast<std::size_t>(--x)]});
    }
    while (x > 0) {
        edits.push_back({' ', a[static_cast<std::size_t>(--x)]});
    }
    std::ranges::reverse(edits);
    return edits;
}

/// What stands behind the sign of one side of a hunk: its first line and how many there are.
std::string range_text(std::size_t before, std::size_t count) {
    return count == 1 ? fmt::format("{}", before + 1) : fmt::format("{},{}", count == 0 ? before : before + 1, count);
}

void write_line(std::string& text, const Edit& edit) {
    text += edit.mark;
    text += edit.line;
    if (!edit.line.ends_with('\n')) {
        text += "\n\\ No newline at end of file\n";
    }
}

/// Writes the edits as hunks: each change with what is around it.
std::string hunks_of(const std::vector<Edit>& edits) {
    std::string text;
    std::size_t position = 0;
    std::size_t old_line = 0;
    std::size_t new_line = 0;
    const auto pass = [&](const Edit& edit) {
        old_line += edit.mark != '+' ? 1 : 0;
        new_line += edit.mark != '-' ? 1 : 0;
    };
    const auto is_change = [](const Edit& edit) { return edit.mark != ' '; };
    const auto next_change = [&](std::size_t from) {
        return static_cast<std::size_t>(
            std::find_if(edits.begin() + static_cast<std::ptrdiff_t>(from), edits.end(), is_change) - edits.begin());
    };
    for (auto change = next_change(0); change < edits.size(); change = next_change(position)) {
        const auto first = std::max(position, change - std::min(change, context));
        auto last = change;
        for (auto next = change; next < edits.size() && next <= last + 2 * context; next = next_change(next + 1)) {
            last = next;
        }
        const auto end = std::min(edits.size(), last + context + 1);
        for (; position < first; ++position) {
            pass(edits[position]);
        }
        const auto old_first = old_line;
        const auto new_first = new_line;
        std::string body;
        for (; position < end; ++position) {
            pass(edits[position]);
            write_line(body, edits[position]);
        }
        text += fmt::format("@@ -{} +{} @@\n{}", range_text(old_first, old_line - old_first),
                            range_text(new_first, new_line - new_first), body);
    }
    return text;
}

}  // namespace

std::string line_diff(std::string_view before, std::string_view after) {
    auto a = lines_of(before);
    auto b = lines_of(after);
    // What is the same at both ends needs no comparison: most of a long file is.
    const auto head = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    const auto most_tail = std::min(a.size(), b.size()) - head;
    std::size_t tail = 0;
    while (tail < most_tail && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
        ++tail;
    }
    std::vector<Edit> edits;
    const auto stays = [&](std::size_t from, std::size_t to) {
        for (auto line = from; line < to; ++line) {
            edits.push_back({' ', a[line]});
        }
    };
    stays(0, head);
    const auto middle = [&](const Lines& lines) {
        return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head),
                     lines.end() - static_cast<std::ptrdiff_t>(tail));
    };
    std::ranges::copy(edits_between(middle(a), middle(b)), std::back_inserter(edits));
    stays(a.size() - tail, a.size());
    return hunks_of(edits);
}

}  // namespace xmppfed::core

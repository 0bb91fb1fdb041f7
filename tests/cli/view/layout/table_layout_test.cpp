#include "cli/view/layout/table_layout.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "core/text/text.hpp"

using namespace xmppfed;
using cli::view::Column;
using cli::view::Content;
using cli::view::Row;
using cli::view::TableLayout;

namespace {

/// A table of every kind of column, as commands have it: what stays, and what goes.
constexpr std::array mixed_columns{
    Column{.key = "name", .heading = "NAME"},
    Column{.key = "level", .heading = "LEVEL"},
    Column{.key = "time", .heading = "TIME", .rank = 2},
    Column{.key = "others", .heading = "OTHER NAMES", .content = Content::names, .rank = 1},
    Column{.key = "text", .heading = "TEXT", .content = Content::text, .rank = 3},
};

const Row usual{"fabrikam.example", "not-supported", "2026-03-15T09:31:00Z", "a.example b.example c.example",
                "A text that says much of what nobody needs to know"};

/// Words apart by a blank, of letters that take no column, one or two.
std::string words(std::size_t most) {
    const auto letters = rc::gen::elementOf(std::vector<std::string>{"a", "b", "\u00e9", "e\u0301", "\u65e5"});
    const auto word = rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(letters)),
                                   [](const auto& parts) { return core::join(parts, ""); });
    const auto count = *rc::gen::inRange<std::size_t>(0, most + 1);
    return core::join(*rc::gen::container<std::vector<std::string>>(count, word), " ");
}

Row random_row() {
    return {words(1), words(1), words(1), words(5), words(5)};
}

std::vector<std::string> lines_of_text(const std::string& text) {
    auto lines = core::split(text, '\n');
    lines.pop_back();
    return lines;
}

/// What a table shows, as the view joins it.
std::vector<std::string> shown_lines(const TableLayout& layout, const std::vector<Row>& rows, std::size_t terminal) {
    std::vector<std::string> lines;
    if (!layout.is_blocks) {
        lines.push_back(cli::view::heading_line(layout, mixed_columns));
    }
    for (const auto& row : rows) {
        const auto block = lines_of_text(cli::view::block_of_lines(mixed_columns, row, terminal));
        if (layout.is_blocks) {
            lines.insert(lines.end(), block.begin(), block.end());
        } else {
            lines.push_back(cli::view::table_line(layout, mixed_columns, row));
        }
    }
    return lines;
}

std::string all_of(const std::vector<std::string>& lines) {
    return core::join(lines, "\n");
}

/// Whether a line is one thing that must not be cut: a value, a heading, a name and how many more there are.
bool is_single(const std::string& line, const std::vector<Row>& rows) {
    const auto text = line.substr(std::min(line.find_first_not_of(' '), line.size()));
    const auto is_heading = std::ranges::any_of(
        mixed_columns, [&](const Column& column) { return text == std::string{column.heading} + ":"; });
    return is_heading || std::ranges::any_of(rows, [&](const Row& row) {
               const auto names = core::split(row[3], ' ');
               const auto least = names.front() + " +" + std::to_string(names.size() - 1) + " more";
               return text == row[0] || text == row[1] || text == row[2] || text == names.front() || text == least;
           });
}

}  // namespace

TEST_CASE("no width cuts a value that must be whole, and no line is wider than the terminal for less than one value") {
    rc::prop("at every width", [] {
        const auto count = *rc::gen::inRange<std::size_t>(1, 4);
        std::vector<Row> rows(count);
        std::ranges::generate(rows, random_row);
        for (std::size_t terminal = 1; terminal <= 200; ++terminal) {
            const auto layout = cli::view::lay_out(mixed_columns, rows, terminal);
            const auto lines = shown_lines(layout, rows, terminal);
            const auto screen = all_of(lines);
            const auto is_shown = [&](std::size_t i) {
                return layout.is_blocks || std::ranges::find(layout.shown, i) != layout.shown.end();
            };
            for (const auto& row : rows) {
                for (const std::size_t whole : {0U, 1U, 2U}) {
                    RC_ASSERT(!is_shown(whole) || screen.find(row[whole]) != std::string::npos);
                }
                RC_ASSERT(!is_shown(3) || screen.find(core::split(row[3], ' ').front()) != std::string::npos);
            }
            for (const auto& line : lines) {
                RC_ASSERT(core::display_width(line) <= terminal || is_single(line, rows));
                RC_ASSERT(!line.ends_with(' '));
            }
            for (std::size_t i = 0; i < mixed_columns.size() && !layout.is_blocks; ++i) {
                RC_ASSERT(is_shown(i) == (lines.front().find(mixed_columns[i].heading) != std::string::npos));
                RC_ASSERT(is_shown(i) != (std::ranges::find(layout.left_out, i) != layout.left_out.end()));
            }
        }
    });
}

TEST_CASE("a list of names shows whole ones, and counts the rest") {
    rc::prop("shown and counted are all", [] {
        const auto cell = words(8);
        const auto names = core::split(cell, ' ');
        const auto width = *rc::gen::inRange<std::size_t>(0, 60);
        const auto shown = core::split(cli::view::fitted(Content::names, cell, width), ' ');
        std::size_t i = 0;
        while (i < shown.size() && i < names.size() && shown[i] == names[i]) {
            ++i;
        }
        RC_ASSERT(i > 0U);
        if (i < names.size()) {
            RC_ASSERT(shown.size() == i + 2);
            RC_ASSERT(shown[i] == "+" + std::to_string(names.size() - i));
            RC_ASSERT(shown[i + 1] == "more");
        } else {
            RC_ASSERT(shown.size() == names.size());
        }
    });
}

TEST_CASE("text gives way first, then columns go by their rank, and what must stay becomes a block") {
    struct Case {
        std::size_t terminal;
        const char* screen;
    };
    for (const auto& [terminal, screen] : std::vector<Case>{
             {138,
              "NAME              LEVEL          TIME                  OTHER NAMES                    TEXT\n"
              "fabrikam.example  not-supported  2026-03-15T09:31:00Z  a.example b.example c.example  "
              "A text that says much of what nobody needs to know"},
             {110,
              "NAME              LEVEL          TIME                  OTHER NAMES                    TEXT\n"
              "fabrikam.example  not-supported  2026-03-15T09:31:00Z  a.example b.example c.example  "
              "A text that says much o\u2026"},
             {90,
              "NAME              LEVEL          TIME                  OTHER NAMES        TEXT\n"
              "fabrikam.example  not-supported  2026-03-15T09:31:00Z  a.example +2 more  A text that say\u2026"},
             {89,
              "NAME              LEVEL          TIME                  OTHER NAMES\n"
              "fabrikam.example  not-supported  2026-03-15T09:31:00Z  a.example b.example c.example"},
             {72,
              "NAME              LEVEL          TIME                  OTHER NAMES\n"
              "fabrikam.example  not-supported  2026-03-15T09:31:00Z  a.example +2 more"},
             {71,
              "NAME              LEVEL          OTHER NAMES\n"
              "fabrikam.example  not-supported  a.example b.example c.example"},
             {31,
              "NAME              LEVEL\n"
              "fabrikam.example  not-supported"},
             {30,
              "NAME: fabrikam.example\n"
              "  LEVEL: not-supported\n"
              "  TIME: 2026-03-15T09:31:00Z\n"
              "  OTHER NAMES:\n"
              "    a.example +2 more\n"
              "  TEXT: A text that says much\u2026"},
             {15,
              "NAME:\n"
              "fabrikam.example\n"
              "  LEVEL:\n"
              "not-supported\n"
              "  TIME:\n"
              "2026-03-15T09:31:00Z\n"
              "  OTHER NAMES:\n"
              "a.example +2 more\n"
              "  TEXT:\n"
              "    A text tha\u2026"},
         }) {
        const std::vector<Row> rows{usual};
        INFO(terminal);
        CHECK(all_of(shown_lines(cli::view::lay_out(mixed_columns, rows, terminal), rows, terminal)) == screen);
    }
}

TEST_CASE("a block leaves nothing out") {
    CHECK(cli::view::lay_out(mixed_columns, std::vector<Row>{usual}, 31).left_out.size() == 3);
    CHECK(cli::view::lay_out(mixed_columns, std::vector<Row>{usual}, 30).left_out.empty());

    constexpr std::array two{Column{.key = "name", .heading = "NAME"},
                             Column{.key = "level", .heading = "L", .rank = 1}};
    const auto layout = cli::view::lay_out(two, std::vector<Row>{{"fabrikam.example", "required"}}, 10);
    CHECK(layout.is_blocks);  // the only column that must stay has no room either
    CHECK(layout.left_out.empty());
}

TEST_CASE("room is measured as a terminal shows it") {
    CHECK(cli::view::fitted(Content::names, "\u65e5\u672c \u4f8b", 7) == "\u65e5\u672c \u4f8b");
    CHECK(cli::view::fitted(Content::names, "\u65e5\u672c \u4f8b", 6) == "\u65e5\u672c +1 more");
}

TEST_CASE("parts with blanks in them are cut nowhere but between them") {
    const std::string cell = "tls: required -> optional; sasl: required -> optional; dialback: false -> true";
    CHECK(cli::view::fitted(Content::parts, cell, 78) == cell);
    CHECK(cli::view::fitted(Content::parts, cell, 77) ==
          "tls: required -> optional; sasl: required -> optional +1 more");
    CHECK(cli::view::fitted(Content::parts, cell, 60) == "tls: required -> optional +2 more");
    CHECK(cli::view::fitted(Content::parts, cell, 5) == "tls: required -> optional +2 more");
    CHECK(cli::view::fitted(Content::parts, "tls: required -> optional", 5) == "tls: required -> optional");
}

TEST_CASE("the last column has what is left of the line") {
    const auto layout = cli::view::lay_out(mixed_columns, std::vector<Row>{Row{"a", "b", "c", "d", "e"}}, 50);
    CHECK(cli::view::table_line(layout, mixed_columns, {"a", "b", "c", "d", "a text of a later row, cut"}) ==
          "a     b      c     d            a text of a later\u2026");
}

TEST_CASE("a column in which nothing is goes before one that says something") {
    auto row = usual;
    row[3] = "";
    const auto layout = cli::view::lay_out(mixed_columns, std::vector<Row>{row}, 80);
    CHECK(layout.left_out == std::vector<std::size_t>{3});
    row[0] = "";  // what stays, stays
    CHECK(cli::view::lay_out(mixed_columns, std::vector<Row>{row}, 20).left_out == std::vector<std::size_t>{2, 3, 4});
}

TEST_CASE("a rare column is there when something is in it, and is no column that had no room otherwise") {
    constexpr std::array columns{
        Column{.key = "name", .heading = "NAME"},
        Column{.key = "role", .heading = "ROLE", .rank = 1, .is_rare = true},
        Column{.key = "time", .heading = "TIME", .rank = 2},
    };
    for (const auto terminal : {std::optional<std::size_t>{}, std::optional<std::size_t>{80}}) {
        const auto without = cli::view::lay_out(columns, std::vector<Row>{{"a", "", "t"}, {"b", "", ""}}, terminal);
        CHECK(without.shown == std::vector<std::size_t>{0, 2});
        CHECK(without.left_out.empty());
        const auto with = cli::view::lay_out(columns, std::vector<Row>{{"a", "", "t"}, {"b", "r", ""}}, terminal);
        CHECK(with.shown == std::vector<std::size_t>{0, 1, 2});
    }
}

TEST_CASE("a cell that is wider than its column moves the next ones, and no further than it must") {
    const auto layout = cli::view::lay_out(mixed_columns, std::vector<Row>{Row{"a", "b", "c", "d", "e"}}, std::nullopt);
    CHECK(cli::view::heading_line(layout, mixed_columns) == "NAME  LEVEL  TIME  OTHER NAMES  TEXT");
    CHECK(cli::view::table_line(layout, mixed_columns, {"longer", "b", "c", "", "e"}) ==
          "longer  b    c                  e");
    CHECK(cli::view::table_line(layout, mixed_columns, {"", "b", "", "", ""}) == "      b");
}

TEST_CASE("a table of columns that all may go keeps the one that tells most") {
    constexpr std::array two{Column{.key = "a", .heading = "A", .rank = 2},
                             Column{.key = "b", .heading = "B", .rank = 1}};
    const auto layout = cli::view::lay_out(two, std::vector<Row>{Row{"first", "second"}}, 8);
    CHECK(layout.shown == std::vector<std::size_t>{1});
    CHECK_FALSE(layout.is_blocks);
    CHECK(cli::view::lay_out(two, std::vector<Row>{Row{"first", "second"}}, 5).is_blocks);
}

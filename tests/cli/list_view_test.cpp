#include "cli/view/list_view.hpp"

#include <array>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "tests/support/outputs.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using cli::Format;
using cli::view::Column;
using core::Json;
using test::TestWorld;

namespace {

constexpr std::array columns{Column{"name", "NAME", 2}, Column{"number", "NUMBER", 0}, Column{"text", "TEXT", 1}};
constexpr std::array<std::string_view, 3> csv_keys{"name", "number", "text"};

Json item(const std::string& name, const Json& number, const std::string& text) {
    return Json::object({{"name", name}, {"number", number}, {"text", text}});
}

std::string written(Format format, const std::vector<Json>& items, std::optional<std::size_t> width = {}) {
    test::StringOutput out;
    const auto list =
        cli::view::make_list_view(out, {.kind = "things", .items = "items", .columns = columns, .csv_keys = csv_keys},
                                  {.format = format, .columns = width});
    list->begin();
    for (const auto& each : items) {
        list->item(each);
    }
    list->end(Json::object({{"count", items.size()}}));
    out.flush();
    return out.text();
}

std::vector<std::string> lines_of(const std::string& text) {
    auto lines = core::split(text, '\n');
    lines.pop_back();
    return lines;
}

}  // namespace

TEST_CASE("a table aligns its columns and ends no line in blanks") {
    CHECK(written(Format::table, {item("a", 1, "first"), item("long name", 200, ""), item("", nullptr, "x")}) ==
          "NAME       NUMBER  TEXT\n"
          "a          1       first\n"
          "long name  200\n"
          "                   x\n");
    CHECK(written(Format::table, {}).empty());
}

TEST_CASE("wide and combining characters are measured, not counted") {
    CHECK(written(Format::table, {item("\u65e5\u672c", 1, "x"), item("e\u0301", 2, "y"), item("abcde", 3, "z")}) ==
          "NAME   NUMBER  TEXT\n"
          "\u65e5\u672c   1       x\n"
          "e\u0301      2       y\n"
          "abcde  3       z\n");
}

TEST_CASE("a table fits the terminal, shortening in its order") {
    const std::vector items{item("a name of some length", 12345678, "a text of some length, too")};
    CHECK(written(Format::table, items, 100) == written(Format::table, items));
    struct Row {
        std::size_t width;
        const char* line;
    };
    for (const auto& [width, line] : std::vector<Row>{
             {59, "a name of some length  12345678  a text of some length, too"},
             {58, "a name of some length  12345678  a text of some length, t\u2026"},
             {41, "a name of some length  12345678  a text \u2026"},
             {40, "a name of some leng\u2026  12345678  a text \u2026"},  // both can still be read
             {28, "a name \u2026  12345678  a text \u2026"},
             {27, "a name \u2026  12345678  a text\u2026"},
             {23, "a name \u2026  12345678  a \u2026"},
             {18, "a \u2026  12345678  a \u2026"},
             {17, "a \u2026  123456\u2026  a \u2026"},
             {1, "a \u2026  12\u2026  a \u2026"},  // no column vanishes
         }) {
        INFO(width);
        CHECK(lines_of(written(Format::table, items, width)).at(1) == line);
    }
}

TEST_CASE("rows after the first thousand are fitted to the columns of those") {
    std::vector<Json> items(1000, item("short", 1, "x"));
    items.push_back(item("longer than all before", 2, "the last column may be as long as it likes"));
    const auto lines = lines_of(written(Format::table, items));
    CHECK(lines.at(1000) == "short  1       x");
    CHECK(lines.at(1001) == "long\u2026  2       the last column may be as long as it likes");
    CHECK(lines_of(written(Format::table, items, 30)).at(1001) == "long\u2026  2       the\u2026");
}

TEST_CASE("a table shows control characters harmlessly") {
    CHECK(lines_of(written(Format::table, {item("a\tb", 1, "x\ny\x1b")})).at(1) == "a\\tb  1       x\\ny\\x1b");
}

TEST_CASE("CSV follows RFC 4180, and no cell is a formula") {
    struct Row {
        Json value;
        const char* cell;
    };
    const std::vector<Row> rows{
        {"plain", "plain"},
        {"", ""},
        {nullptr, ""},
        {7, "7"},
        {true, "true"},
        {Json::array(), ""},
        {Json::array({"a", "b"}), "a b"},
        {Json::object({{"k", "v"}}), R"("{""k"":""v""}")"},
        {"a,b", R"("a,b")"},
        {"say \"hi\"", R"("say ""hi""")"},
        {"\"", R"("""")"},
        {"two\nlines", "\"two\nlines\""},
        {"two\r\nlines", "\"two\r\nlines\""},
        {" blank ", " blank "},
        {"b\u00fccher", "b\u00fccher"},
        {"=1+1", "'=1+1"},
        {"+1", "'+1"},
        {"-1", "'-1"},
        {-1, "'-1"},
        {"@x", "'@x"},
        {"\tx", "'\tx"},
        {"\rx", "\"'\rx\""},
        {"=HYPERLINK(\"u\",\"t\")", R"~("'=HYPERLINK(""u"",""t"")")~"},
        {"a=1", "a=1"},
        {"'=1", "'=1"},
    };
    for (const auto& [value, cell] : rows) {
        INFO(value.dump());
        const auto thing = Json::object({{"name", "n"}, {"number", value}, {"text", value}});
        CHECK(written(Format::csv, {thing}) == fmt::format("name,number,text\r\nn,{0},{0}\r\n", cell));
    }
    CHECK(written(Format::csv, {}) == "name,number,text\r\n");
}

TEST_CASE("JSON that is written piece by piece is the text of the whole document") {
    for (const auto& items : std::vector<std::vector<Json>>{
             {}, {item("a", 1, "x")}, {item("a", 1, "\"\\\u202e"), item("b", Json::array({1}), "")}}) {
        Json whole = Json::object();
        whole["format_version"] = "1.0";
        whole["kind"] = "things";
        whole["items"] = items;
        whole["count"] = items.size();
        CHECK(written(Format::json, items) == core::to_text(whole, core::JsonLayout::indented) + "\n");
    }
}

TEST_CASE("JSON lines are the bare items") {
    CHECK(written(Format::jsonl, {item("a", 1, "x\ny"), item("b", nullptr, "\u2028")}) ==
          "{\"name\":\"a\",\"number\":1,\"text\":\"x\\ny\"}\n"
          "{\"name\":\"b\",\"number\":null,\"text\":\"\\u2028\"}\n");
    CHECK(written(Format::jsonl, {}).empty());
}

TEST_CASE("the list of partners fits the terminal, the description giving way first") {
    TestWorld world;
    world.must("partner new --primary fabrikam.com --additional corp.fabrikam.com,it.fabrikam.com --description '" +
               std::string(60, 'd') + "'");
    world.must("partner new --primary \u4f8b\u5b50.example --description '\u65e5\u672c\u8a9e\u306e\u8aac\u660e'");
    const auto natural = lines_of(world.must("partner list").out);
    for (const std::size_t width : {46U, 60U, 80U, 120U, 150U, 300U}) {
        world.terminal.columns = width;
        const auto lines = lines_of(world.must("partner list").out);
        REQUIRE(lines.size() == 3);
        for (const auto& line : lines) {
            INFO(width << ": " << line);
            CHECK(core::display_width(line) <= width);
        }
        const auto description = lines.front().find("DESC");
        const bool all_but_it_is_whole = lines.front().substr(0, description) == natural.front().substr(0, description);
        CHECK((width < 120 || all_but_it_is_whole));
    }
    world.terminal.columns = 80;
    CHECK(world.must("partner list -o csv").out.find(std::string(60, 'd')) != std::string::npos);
    world.terminal.columns.reset();
    CHECK(lines_of(world.must("partner list").out).at(1).ends_with(std::string(60, 'd')));
}

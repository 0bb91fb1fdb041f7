#include "cli/view/layout/list_view.hpp"

#include <array>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/text/text.hpp"
#include "tests/support/outputs.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using cli::Format;
using cli::view::Column;
using cli::view::Content;
using core::Json;
using test::TestWorld;

namespace {

constexpr std::array columns{Column{.key = "name", .heading = "NAME"},
                             Column{.key = "number", .heading = "NUMBER", .rank = 1},
                             Column{.key = "text", .heading = "TEXT", .content = Content::text, .rank = 2}};
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

TEST_CASE("the widths of the first thousand rows count, and no later row is cut") {
    std::vector<Json> items(1000, item("short", 1, "x"));
    items.push_back(item("longer than all before", 2, "the last column may be as long as it likes"));
    items.push_back(item("moved", 1234567, "y"));
    const auto lines = lines_of(written(Format::table, items));
    CHECK(lines.at(1000) == "short  1       x");
    CHECK(lines.at(1001) == "longer than all before  2  the last column may be as long as it likes");
    CHECK(lines.at(1002) == "moved  1234567  y");

    const auto fitting = lines_of(written(Format::table, items, 31));
    CHECK(fitting.at(1001) == "longer than all before  2  the\u2026");
    CHECK(fitting.size() == 1003);
    const auto narrow = lines_of(written(Format::table, items, 30));
    CHECK(narrow.at(1000) == "short  1       x");
    CHECK(narrow.at(1001) == "NAME: longer than all before");
    CHECK(narrow.at(1002) == "  NUMBER: 2");
    CHECK(narrow.at(1003) == "  TEXT: the last column may b\u2026");
    CHECK(narrow.at(1004) == "moved  1234567  y");
}

TEST_CASE("a note says which columns were left out, after the table, and --quiet drops it") {
    TestWorld world;
    world.must("partner new --primary fabrikam.com --description 'An agreement of some length' -q");
    world.terminal.columns = 80;
    CHECK(world.must("partner list").err ==
          "xmppfed: note: the terminal has no room for STATE, ADDITIONAL DOMAINS; a wider one and -o json show all\n");
    CHECK(world.must("partner list -q").err.empty());
    CHECK(world.must("partner list -q").out == world.must("partner list").out);
    world.terminal.columns = 40;  // a block has room for everything
    CHECK(world.must("partner list").err.empty());
    CHECK(world.must("partner list").out.find("DESCRIPTION: An agreement of") != std::string::npos);
    world.terminal.columns.reset();
    CHECK(world.must("partner list").err.empty());
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
        {"'=1", "''=1"},
        {"'", "''"},
        {"\n=1", "\"'\n=1\""},
        {"\uFF1D1", "'\uFF1D1"},
        {"\uFF0B1", "'\uFF0B1"},
        {"\uFF0D1", "'\uFF0D1"},
        {"\uFF20x", "'\uFF20x"},
        {"\uFF1Ax", "\uFF1Ax"},
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

TEST_CASE("lists fit the terminal with names, values and times whole") {
    TestWorld world;
    world.must(
        "edge set --access-edge sip.contoso.com --sip-domain contoso.com --organization Contoso --city X "
        "--state Y --country DE");
    world.must("cert request --curve P-256");
    world.must(
        "partner new --primary fabrikam.com --additional corp.fabrikam.com,it.fabrikam.com --enabled false "
        "--description '" +
        std::string(60, 'd') + "' -m 'What was agreed on in the spring'");
    world.must("partner new --primary \u4f8b\u5b50.example --description '\u65e5\u672c\u8a9e\u306e\u8aac\u660e'");
    struct Case {
        const char* command;
        std::vector<std::string> values;
    };
    const std::vector<Case> cases{
        {"partner list", {"fabrikam.com", "xn--fsqu00a.example", "public-unverified", "required"}},
        {"history", {"fabrikam.com", "xn--fsqu00a.example", "2026-03-15T09:30:00Z", "partner.create", "cert.request"}},
        {"cert list", {"pending"}},
    };
    for (std::size_t width = 1; width <= 200; ++width) {
        world.terminal.columns = width;
        for (const auto& [command, values] : cases) {
            const auto text = world.must(command).out;
            INFO(width << ": " << command << "\n" << text);
            for (const auto& value : values) {
                CHECK(text.find(value) != std::string::npos);
            }
            for (const auto& line : lines_of(text)) {
                const bool one_word = line.find(' ', std::min(line.find_first_not_of(' '), line.size())) == line.npos;
                CHECK((core::display_width(line) <= width || one_word || line == "request 1" ||
                       line.ends_with(" more") || line.ends_with(" set") || line.ends_with(':')));
            }
        }
    }
    world.terminal.columns = 20;
    CHECK(world.must("partner list -o csv").out.find(std::string(60, 'd')) != std::string::npos);
    world.terminal.columns.reset();
    CHECK(lines_of(world.must("partner list").out).at(1).ends_with(std::string(60, 'd')));
}

TEST_CASE("a lone empty cell of CSV is a record") {
    test::TestWorld world;
    world.must("partner new --primary a.example");
    CHECK(world.must("partner list --columns proxy_fqdn -o csv").out == "proxy_fqdn\r\n\"\"\r\n");
}

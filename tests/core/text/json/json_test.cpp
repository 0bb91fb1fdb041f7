#include "core/text/json/json.hpp"

#include <string>
#include <vector>

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/text/text.hpp"

using namespace xmppfed::core;

namespace {

rc::Gen<std::string> any_utf8() {
    return rc::gen::map(
        rc::gen::container<std::vector<char32_t>>(
            rc::gen::oneOf(rc::gen::inRange<char32_t>(0, 0x100), rc::gen::inRange<char32_t>(0x2000, 0x2070),
                           rc::gen::inRange<char32_t>(0, 0xd800), rc::gen::inRange<char32_t>(0xe000, 0x110000))),
        [](const std::vector<char32_t>& scalars) {
            std::string text;
            for (const auto scalar : scalars) {
                const auto tail = [&](int shift) { text += static_cast<char>(0x80 | ((scalar >> shift) & 0x3f)); };
                if (scalar < 0x80) {
                    text += static_cast<char>(scalar);
                } else if (scalar < 0x800) {
                    text += static_cast<char>(0xc0 | (scalar >> 6));
                    tail(0);
                } else if (scalar < 0x10000) {
                    text += static_cast<char>(0xe0 | (scalar >> 12));
                    tail(6);
                    tail(0);
                } else {
                    text += static_cast<char>(0xf0 | (scalar >> 18));
                    tail(12);
                    tail(6);
                    tail(0);
                }
            }
            return text;
        });
}

}  // namespace

TEST_CASE("a path is itself, unless it is no UTF-8") {
    CHECK(path_json("a\n\u00fc") == "a\n\u00fc");
    CHECK(path_json("a\xff\n") == "a\\xff\\n");
}

TEST_CASE("texts are appended as an array") {
    std::string document = R"({"texts":)";
    append_texts(document, std::vector<std::string>{"[", "plain", "a\"b\n"});
    CHECK(document == R"({"texts":["[","plain","a\"b\n"])");
    append_texts(document = "", std::vector<std::string>{});
    CHECK(document == "[]");
}

TEST_CASE("JSON is laid out on one line or indented by two blanks") {
    const Json json{{"b", {1, 2}}, {"a", nullptr}};
    CHECK(to_text(json, JsonLayout::compact) == R"({"b":[1,2],"a":null})");
    CHECK(to_text(json, JsonLayout::indented) == "{\n  \"b\": [\n    1,\n    2\n  ],\n  \"a\": null\n}");
    CHECK(to_text(json, JsonLayout::indented, 1) == "{\n    \"b\": [\n      1,\n      2\n    ],\n    \"a\": null\n  }");
    CHECK(to_text(json, JsonLayout::compact, 3) == to_text(json, JsonLayout::compact));
}

TEST_CASE("characters that a terminal could act on are escaped in JSON") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"é 漢 😀", R"("é 漢 😀")"},
        {"\n\t\x1b\"\\", R"("\n\t\u001b\"\\")"},
        {"a\\b", R"("a\\b")"},
        {"a\"b", R"("a\"b")"},
        {"plain", R"("plain")"},
        {"", R"("")"},
        {"\x7f", R"("\u007f")"},
        {"\u0085\u009b", R"("\u0085\u009b")"},
        {"\u202e\u2066", R"("\u202e\u2066")"},
        {"\u2028\u2029", R"("\u2028\u2029")"},
        {"a\xff", "\"a\uFFFD\""},
    };
    for (const auto& [text, expected] : table) {
        CHECK(to_text(Json(text), JsonLayout::compact) == expected);
        std::string document = "[";
        append_text(document, text);
        CHECK(document == "[" + expected);
    }
}

TEST_CASE("JSON that is written can be read again") {
    rc::prop("with all of its text, in any layout", []() {
        const auto key = *any_utf8();
        const auto value = *any_utf8();
        const Json json{{key, value}, {"list", {value, {{"deeper", key}}, 1.5, true, nullptr}}};
        const auto depth = *rc::gen::inRange(0, 4);
        for (const auto layout : {JsonLayout::compact, JsonLayout::indented}) {
            const auto text = to_text(json, layout, depth);
            RC_ASSERT(Json::parse(text) == json);
            for (const auto& character : characters(text)) {
                RC_ASSERT(!is_unsafe(character) || character.bytes == "\n");
            }
        }
    });
}

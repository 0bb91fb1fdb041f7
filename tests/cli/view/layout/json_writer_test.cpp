#include "cli/view/layout/json_writer.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/outputs.hpp"

using xmppfed::cli::view::JsonWriter;
using xmppfed::core::Json;
using xmppfed::core::JsonLayout;

namespace {

/// Writes a value piece by piece, down to what has no parts; below `depth` levels as a whole.
void write(JsonWriter& writer, const Json& json, int depth) {
    if (depth == 0 || !json.is_structured()) {
        writer.value(json);
    } else if (json.is_object()) {
        writer.begin_object();
        for (const auto& [key, value] : json.items()) {
            writer.key(key);
            write(writer, value, depth - 1);
        }
        writer.end();
    } else {
        writer.begin_array();
        for (const auto& item : json) {
            write(writer, item, depth - 1);
        }
        writer.end();
    }
}

}  // namespace

TEST_CASE("a document that is written piece by piece has the text of the whole") {
    const auto* const text =
        GENERATE(as<const char*>{}, "{}", "[]", R"({"a": 1})", R"([1, [], {}, [[2]], {"b": []}])",
                 R"({"first": {"second": [1, {"third": null}], "empty": {}}, "last": ["x", true]})",
                 R"({"\u202e key\n": "\u0007\u00e9"})");
    const auto depth = GENERATE(1, 2, 3, 9);
    const auto json = Json::parse(text);
    xmppfed::test::StringOutput out;
    JsonWriter writer{out};
    write(writer, json, depth);
    out.flush();
    CHECK(out.text() == to_text(json, JsonLayout::indented) + "\n");
}

TEST_CASE("members of an object join those that are there") {
    xmppfed::test::StringOutput out;
    JsonWriter writer{out};
    writer.begin_object();
    writer.member("a", 1);
    writer.members(Json::object({{"b", 2}, {"c", Json::array()}}));
    writer.members(Json::object());
    writer.end();
    out.flush();
    CHECK(out.text() == "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": []\n}\n");
}

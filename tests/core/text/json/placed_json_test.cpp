#include "core/text/json/placed_json.hpp"

#include <fmt/format.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/core/wide.hpp"

using namespace xmppfed::core;
using Kind = PlacedJson::Kind;

namespace {

struct PlacedReading {
    std::vector<PlacedJson> elements;
    std::optional<PlacedJson> whole;
    std::optional<JsonProblem> problem;
    Place next;
};

/// The text in pieces of `piece` octets.
JsonSource::Pull pieces(std::string_view text, std::size_t piece) {
    return [rest = text, piece]() mutable {
        const auto head = rest.substr(0, piece);
        rest.remove_prefix(head.size());
        return head;
    };
}

/// Reads one value.
PlacedReading read_from(JsonSource& source, std::string_view streamed = "partners") {
    PlacedReading reading;
    reading.problem = read_placed(
        source, streamed, [&](PlacedJson&& value) { reading.elements.push_back(std::move(value)); },
        [&](PlacedJson&& value) { reading.whole = std::move(value); });
    reading.next = source.next();
    return reading;
}

PlacedReading read_pieces(std::string_view text, std::size_t piece = 4096, std::string_view streamed = "partners") {
    JsonSource source{pieces(text, piece)};
    return read_from(source, streamed);
}

/// All of a value, places too, as a text to compare.
std::string described(const PlacedJson& value) {
    auto text = fmt::format("{} {} {}:{}", name_of(value.kind), value.text, value.place.line, value.place.column);
    for (const auto& member : value.members) {
        text +=
            fmt::format(" ({} {}:{} {})", member.name, member.place.line, member.place.column, described(member.value));
    }
    for (const auto& element : value.elements) {
        text += fmt::format(" [{}]", described(element));
    }
    return text;
}

const PlacedJson& member(const PlacedJson& object, std::size_t index) {
    return object.members.at(index).value;
}

}  // namespace

TEST_CASE("every value knows where it begins, however the text arrives") {
    const auto text =
        "{ \"a\": 12,\n"
        "  \"\xC3\xA4\": [true , -3.5e0],\r\n"
        "\t\"c\\\"]\": \"x\\\\\", \"d\":null}";
    const auto piece = GENERATE(1U, 2U, 3U, 7U, 4096U);
    const auto reading = read_pieces(text, piece);
    REQUIRE(reading.whole);
    const auto& whole = *reading.whole;
    CHECK(whole.kind == Kind::object);
    CHECK(whole.place == Place{1, 1});
    REQUIRE(whole.members.size() == 4);
    CHECK(whole.members[0].place == Place{1, 3});
    CHECK(member(whole, 0).place == Place{1, 8});
    CHECK(member(whole, 0).text == "12");
    CHECK(whole.members[1].name == "\xC3\xA4");
    CHECK(whole.members[1].place == Place{2, 3});
    CHECK(member(whole, 1).place == Place{2, 8});
    CHECK(member(whole, 1).elements[0].place == Place{2, 9});
    CHECK(member(whole, 1).elements[0].text == "true");
    CHECK(member(whole, 1).elements[1].place == Place{2, 16});
    CHECK(member(whole, 1).elements[1].kind == Kind::fraction);
    CHECK(whole.members[2].name == "c\"]");
    CHECK(member(whole, 2).place == Place{3, 10});
    CHECK(member(whole, 2).text == "x\\");
    CHECK(member(whole, 3).kind == Kind::null);
    CHECK(member(whole, 3).place == Place{3, 21});
}

TEST_CASE("a number that ends a container has its own place") {
    const auto reading = read_pieces("[[1],2,{\"n\":3}]", 1, "");
    REQUIRE(reading.elements.size() == 3);
    CHECK(reading.elements[0].elements[0].place == Place{1, 3});
    CHECK(reading.elements[1].place == Place{1, 6});
    CHECK(member(reading.elements[2], 0).place == Place{1, 13});
}

TEST_CASE("a number is whole when it has no fraction, however it is spelt") {
    struct Case {
        std::string_view json;
        std::string_view text;  ///< none: a fraction
    };
    const auto [json, text] = GENERATE(values<Case>({
        {"0", "0"},
        {"-0", "0"},
        {"-0.0", "0"},
        {"0e99999999999999999999", "0"},
        {"1.0", "1"},
        {"-100.0", "-100"},
        {"100.000", "100"},
        {"1E2", "100"},
        {"1e+2", "100"},
        {"1.5e1", "15"},
        {"0.05e2", "5"},
        {"1200e-2", "12"},
        {"18446744073709551615", "18446744073709551615"},
        {"18446744073709551616", "18446744073709551616"},
        {"18446744073709551616.0", "18446744073709551616"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"1e20", "100000000000000000000"},
        {"100.5", ""},
        {"1.25e1", ""},
        {"1e-1", ""},
        {"1230e-2", ""},
        {"1e-9223372036854775808", ""},
        {"1e-99999999999999999999", ""},
        {"4294967295.0000001", ""},
        {"9007199254740993.5", ""},  // a double would have rounded it
    }));
    INFO(json);
    const auto reading = read_pieces(std::string{"["}.append(json).append("]"));
    REQUIRE(reading.elements.size() == 1);
    CHECK(reading.elements[0].kind == (text.empty() ? Kind::fraction : Kind::integer));
    CHECK(reading.elements[0].text == (text.empty() ? json : text));
}

TEST_CASE("elements of the outermost array and of the named one are handed over, others are kept") {
    const auto reading = read_pieces(R"({"other":[1,2],"partners":[{"x":[3]},[4]],"more":{"partners":[5]}})");
    REQUIRE(reading.whole);
    CHECK(member(*reading.whole, 0).elements.size() == 2);
    CHECK(member(*reading.whole, 1).elements.empty());
    CHECK(member(member(*reading.whole, 2), 0).elements.size() == 1);
    REQUIRE(reading.elements.size() == 2);
    CHECK(member(reading.elements[0], 0).elements.size() == 1);
    CHECK(reading.elements[1].elements.size() == 1);
}

TEST_CASE("reading ends behind one value") {
    const auto reading = read_pieces("{\"a\":1}\n{\"b\":2}");
    CHECK_FALSE(reading.problem);
    CHECK(reading.next == Place{1, 8});
}

TEST_CASE("what is no JSON is told by its place") {
    struct Case {
        std::string_view text;
        Place place;
        std::string_view said;
    };
    const auto each = GENERATE(values<Case>({
        {"{\"a\":1,}", {1, 8}, "while parsing object key"},
        {"{\"a\":1\n \"b\"", {2, 4}, "expected '}'"},
        {"[1,\n2", {2, 1}, "unexpected end of input"},
        {"[1e400]", {1, 7}, "too large"},
        {"[NaN]", {1, 2}, "invalid literal"},
        {"[1] // x", {0, 0}, ""},
        {"/* x */ [1]", {1, 1}, "invalid literal"},
        {"[\"\\ud800\"]", {1, 9}, "surrogate"},
        {"[\"\xff\"]", {1, 3}, "UTF-8"},
        {"[\"a\tb\"]", {1, 4}, "control character"},
        {"", {1, 1}, "unexpected end of input"},
    }));
    INFO(each.text);
    const auto reading = read_pieces(each.text);
    if (each.place.line == 0) {
        CHECK_FALSE(reading.problem);
        return;
    }
    REQUIRE(reading.problem);
    CHECK(reading.problem->place == each.place);
    CHECK_THAT(reading.problem->message, Catch::Contains(std::string{each.said}));
    CHECK_THAT(reading.problem->message, !Catch::Contains("last read"));
}

TEST_CASE("nesting ends at its limit, and a hundred thousand levels are no danger") {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK_FALSE(read_pieces(nested(deepest_json)).problem);
    const auto problem = read_pieces(nested(deepest_json + 1)).problem;
    REQUIRE(problem);
    CHECK(problem->place == Place{1, 33});
    CHECK_THAT(problem->message, Catch::Contains("deeper than 32"));
    CHECK(read_pieces(std::string(100000, '[')).problem);
}

TEST_CASE("an object's keys and an array's items have a limit, and what is handed on one by one has none") {
    const auto object_of = [](std::size_t members) {
        std::string text = R"({"a":1)";
        for (std::size_t i = 1; i < members; ++i) {
            text += R"(,"a":1)";
        }
        return text + "}";
    };
    const auto array_of = [](std::size_t elements) {
        std::string text = "[1";
        for (std::size_t i = 1; i < elements; ++i) {
            text += ",1";
        }
        return text + "]";
    };
    CHECK_FALSE(read_pieces(object_of(most_members), 4096).problem);
    const auto crowd = read_pieces(object_of(most_members + 1), 4096).problem;
    REQUIRE(crowd);
    CHECK(crowd->place == Place{1, 6 * 1000 + 2});
    CHECK_THAT(crowd->message, Catch::Contains("more than 1000 keys"));

    CHECK_FALSE(read_pieces("[" + array_of(most_elements) + "]", 4096).problem);
    const auto array = read_pieces("[" + array_of(most_elements + 1) + "]", 4096).problem;
    REQUIRE(array);
    CHECK(array->place == Place{1, 2 * 100000 + 3});
    CHECK_THAT(array->message, Catch::Contains("more than 100000 items"));

    CHECK_FALSE(read_pieces(array_of(most_elements + 1), 4096).problem);
}

TEST_CASE("a byte order mark is skipped at the beginning and is no text elsewhere") {
    const auto piece = GENERATE(1U, 2U, 4096U);
    const auto reading = read_pieces("\xEF\xBB\xBF{\"a\":1}", piece);
    REQUIRE(reading.whole);
    CHECK(reading.whole->place == Place{1, 1});
    CHECK(read_pieces("[\xEF\xBB\xBF]").problem);
}

TEST_CASE("an encoding is known by its beginning") {
    struct Case {
        std::string_view text;
        Encoding encoding;
    };
    const auto each = GENERATE(values<Case>({
        {{"\xFF\xFE{\0", 4}, Encoding::utf16_le},
        {"\xFF\xFE", Encoding::utf16_le},
        {{"\xFE\xFF\0{", 4}, Encoding::utf16_be},
        {{"{\0}\0", 4}, Encoding::utf16_unmarked},
        {{"\0{\0}", 4}, Encoding::utf16_unmarked},
        {{"\xFF\xFE\0\0{\0\0\0", 8}, Encoding::utf32},
        {{"\0\0\xFE\xFF\0\0\0{", 8}, Encoding::utf32},
        {"{}", Encoding::utf8},
        {"\xEF\xBB\xBF{}", Encoding::utf8},
        {"\xFF", Encoding::utf8},
        {"", Encoding::utf8},
    }));
    const auto piece = GENERATE(1U, 3U, 4096U);
    CHECK(JsonSource{pieces(each.text, piece)}.encoding() == each.encoding);
}

TEST_CASE("what is decoded has the places that it has in UTF-8") {
    constexpr std::string_view text = "{ \"\u00E4\U0001F600\u20AC\": 12,\r\n\t\"b\": [\"\U00010000\", x";
    constexpr std::u16string_view same = u"{ \"\u00E4\U0001F600\u20AC\": 12,\r\n\t\"b\": [\"\U00010000\", x";
    const auto order = GENERATE(std::endian::little, std::endian::big);
    const auto piece = GENERATE(1U, 2U, 3U, 5U, 4096U);
    const auto octets = utf16_with_mark(same, order);
    JsonSource source{pieces(octets, piece)};
    source.decode_utf16();
    const auto wide = read_from(source);
    const auto plain = read_pieces(text);
    REQUIRE(wide.problem);
    REQUIRE(plain.problem);
    CHECK(wide.problem->place == plain.problem->place);
    CHECK(wide.problem->message == plain.problem->message);
}

TEST_CASE("a plain object in one piece is what it is octet by octet, and so is the text behind it") {
    const auto text =
        GENERATE(R"({"a":"x","b":[],"c":["y","z"],"d":12,"e":true,"f":false,"g":null} {"a":1})",
                 R"({ "a" : [ "x" , "y" ] , "b" : 0 }x)", R"({"a":1.0})", R"({"a":1e2})", R"({"a":-1})", R"({"a":01})",
                 R"({"a":1234567890123456789012})", R"({"a":"\u0041"})", "{\"a\":\"\xC3\xA4\"}", "{\"a\":\"\x7f\"}",
                 R"({"a":[1]})", R"({"a":{}})", R"({"a":[["x"]]})", R"({})", R"({"partners":["x"],"a":1})",
                 R"({"a":1,)", R"({"a":1,})", R"({"a" 1})", R"({"a":tru})", R"({"a":["x",]})", R"({"a":"x)",
                 R"({"a":1]", R"([{"a":1}])", R"("a")", R"(1)", "{\"a\":1,\n\"b\":2}", "{\"a\":\"\t\"}");
    CAPTURE(text);
    const auto whole = read_pieces(text);
    const auto octets = read_pieces(text, 1);
    REQUIRE(whole.whole.has_value() == octets.whole.has_value());
    if (whole.whole) {
        CHECK(whole.whole->text == octets.whole->text);
        CHECK(described(*whole.whole) == described(*octets.whole));
    }
    CHECK(whole.elements.size() == octets.elements.size());
    CHECK(whole.next == octets.next);
    CHECK(whole.problem.has_value() == octets.problem.has_value());
    if (whole.problem) {
        CHECK(whole.problem->message == octets.problem->message);
        CHECK(whole.problem->place == octets.problem->place);
    }
}

TEST_CASE("plain objects and others are read alike") {
    rc::prop("any object", [] {
        const auto word = rc::gen::container<std::string>(rc::gen::weightedOneOf<char>(
            {{20, rc::gen::inRange(' ', '\x7f')}, {1, rc::gen::element('\x01', '\x7f', '\n')}}));
        nlohmann::ordered_json object = nlohmann::ordered_json::object();
        const auto members = *rc::gen::inRange(0, 5);
        for (int i = 0; i < members; ++i) {
            auto& value = object[*word];
            switch (*rc::gen::inRange(0, 5)) {
            case 0:
                value = *rc::gen::arbitrary<std::int64_t>();
                break;
            case 1:
                value = *rc::gen::container<std::vector<std::string>>(word);
                break;
            case 2:
                value = *rc::gen::arbitrary<bool>();
                break;
            case 3:
                value = nullptr;
                break;
            default:
                value = *word;
            }
        }
        const auto text = object.dump() + "\n{";
        const auto whole = read_pieces(text);
        const auto octets = read_pieces(text, 1);
        RC_ASSERT(whole.whole.has_value());
        RC_ASSERT(octets.whole.has_value());
        RC_ASSERT(described(*whole.whole) == described(*octets.whole));
        RC_ASSERT(whole.next == octets.next);
    });
}

TEST_CASE("the elements of a skipped array go to nobody, however many there are") {
    std::string text = R"({"skipped": [)";
    for (std::size_t i = 0; i <= most_elements; ++i) {
        text += i == 0 ? "{}" : ",[1]";
    }
    text += R"(], "partners": [1, {"skipped": [2]}], "other": [3]})";
    JsonSource source{pieces(text, text.size())};
    std::vector<PlacedJson> elements;
    std::optional<PlacedJson> whole;
    const auto problem = read_placed(
        source, "partners", [&](PlacedJson&& value) { elements.push_back(std::move(value)); },
        [&](PlacedJson&& value) { whole = std::move(value); }, "skipped");
    REQUIRE_FALSE(problem);
    REQUIRE(elements.size() == 2);
    CHECK(member(elements[1], 0).elements.size() == 1);  // what is called so deeper inside is kept
    CHECK(member(*whole, 0).elements.empty());
    CHECK(member(*whole, 2).elements.size() == 1);
}

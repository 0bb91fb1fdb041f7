#include "core/text/text.hpp"

#include <initializer_list>

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

using namespace xmppfed::core;
using namespace std::string_literals;

namespace {

/// Text and bytes that are none, rich in what must not reach a terminal.
rc::Gen<std::string> hostile_text() {
    static const std::vector<std::string> pieces{
        "a",       " ",      "~",    "\\",     "'",      "\0"s,      "\n",           "\r",
        "\t",      "\x1b",   "\x7f", "\u0080", "\u0085", "\u009b",   "\u00a0",       "é",
        "e\u0301", "漢",     "😀",    "\u061c", "\u200e", "\u202e",   "\u2066",       "\u2069",
        "\u2028",  "\u2029", "\xff", "\xc3",   "\x80",   "\xe2\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80",
        "\xc0\xaf"};
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)),
                        [](const std::vector<std::string>& parts) { return join(parts, ""); });
}

}  // namespace

TEST_CASE("a text is walked character by character") {
    std::vector<std::pair<std::string, bool>> seen;
    std::vector<char32_t> scalars;
    for (const auto& character : characters("aé\xff漢\xe2\x80😀")) {
        seen.emplace_back(character.bytes, character.valid);
        scalars.push_back(character.scalar);
    }
    CHECK(seen ==
          std::vector<std::pair<std::string, bool>>{
              {"a", true}, {"é", true}, {"\xff", false}, {"漢", true}, {"\xe2", false}, {"\x80", false}, {"😀", true}});
    CHECK(scalars == std::vector<char32_t>{U'a', U'é', 0xff, U'漢', 0xe2, 0x80, U'😀'});
    CHECK(characters("").begin() == characters("").end());
    CHECK(characters("é").begin()->scalar == U'é');
}

TEST_CASE("characters are counted and not bytes") {
    CHECK(length("") == 0);
    CHECK(length("abc") == 3);
    CHECK(length("é漢😀") == 3);
    CHECK(length("e\u0301") == 2);
    CHECK(length("\xe2\x80") == 2);
}

TEST_CASE("a text is safe when each of its characters is") {
    for (const auto* text : {"", "plain", "é 漢 😀 e\u0301\u00a0", "\u2027\u2030"}) {
        CHECK(is_safe(text));
    }
    for (const auto* text : {"a\n", "\ta", "\x7f", "\u0080", "a\u009f", "\u202e", "\u2069", "\u061c", "\u2028",
                             "\u2029", "a\xff", "\xed\xa0\x80"}) {
        CAPTURE(text);
        CHECK_FALSE(is_safe(text));
    }
}

TEST_CASE("what a terminal could act on is written visibly") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"plain ~", "plain ~"},
        {"é 漢 😀 e\u0301", "é 漢 😀 e\u0301"},
        {"a\nb\tc\rd", "a\\nb\\tc\\rd"},
        {"\x1b[2J", "\\x1b[2J"},
        {"\0\x7f"s, "\\x00\\x7f"},
        {"\u0080\u009f\u00a0", "\\u{0080}\\u{009f}\u00a0"},
        {"\u202e\u2066\u061c\u200f", "\\u{202e}\\u{2066}\\u{061c}\\u{200f}"},
        {"\u2027\u2028\u2029\u2030", "\u2027\\u{2028}\\u{2029}\u2030"},
        {"\xff\xc3", "\\xff\\xc3"},
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},  // a surrogate
    };
    for (const auto& [text, escaped] : table) {
        CHECK(escape(text) == escaped);
    }
}

TEST_CASE("whatever is escaped is safe") {
    rc::prop("and escaping twice changes nothing more", []() {
        const auto escaped = escape(*hostile_text());
        RC_ASSERT(is_safe(escaped));
        RC_ASSERT(is_utf8(escaped));
        RC_ASSERT(escape(escaped) == escaped);
    });
    rc::prop("of any bytes, and quoted too", [](const std::string& text) {
        RC_ASSERT(is_safe(escape(text)));
        RC_ASSERT(is_safe(quote(text)));
    });
}

TEST_CASE("plain ASCII and UTF-8 are told apart from the rest") {
    CHECK(is_plain_ascii(" az~"));
    CHECK_FALSE(is_plain_ascii("a\n"));
    CHECK_FALSE(is_plain_ascii("a\x7f"));
    CHECK_FALSE(is_plain_ascii("é"));
    for (int octet = 0; octet < 256; ++octet) {
        const bool is_printable = octet >= ' ' && octet <= '~';
        const bool is_special = octet == '"' || octet == '\\';
        for (const std::size_t size : std::initializer_list<std::size_t>{1, 7, 8, 9, 20}) {
            for (std::size_t place = 0; place < size; ++place) {
                std::string text(size, '!');  // one below the quote, to which a carry of its octet would go
                text[place] = static_cast<char>(octet);
                if (is_plain_ascii(text) != is_printable || is_plain_json(text) != (is_printable && !is_special)) {
                    FAIL(octet << " at " << place << " of " << size);
                }
            }
        }
    }
    CHECK(is_plain_json(""));
    CHECK(is_utf8(""));
    CHECK(is_utf8("é\n"));
    CHECK_FALSE(is_utf8("\xff\xfe"));
    CHECK_FALSE(is_utf8("\xc0\xaf"));
    CHECK_FALSE(is_utf8("\xed\xa0\x80"));
}

TEST_CASE("quoted text is escaped and not endless") {
    CHECK(quote("") == "''");
    CHECK(quote("a\nb") == "'a\\nb'");
    CHECK(quote(std::string(200, 'a')) == "'" + std::string(200, 'a') + "'");
    CHECK(quote(std::string(201, 'a')) == "'" + std::string(199, 'a') + "…'");
    CHECK(display_width(quote(std::string(1'000'000, '\x1b'))) <= 202);
}

TEST_CASE("text is measured in columns") {
    CHECK(display_width("") == 0);
    CHECK(display_width("abc") == 3);
    CHECK(display_width("é") == 1);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("漢字") == 4);
    CHECK(display_width("한") == 2);
}

TEST_CASE("text is shortened to columns, never inside a character") {
    CHECK(shorten("abcdef", 6) == "abcdef");
    CHECK(shorten("abcdef", 5) == "abcd…");
    CHECK(shorten("abcdef", 1) == "…");
    CHECK(shorten("abcdef", 0).empty());
    CHECK(shorten("", 0).empty());
    CHECK(shorten("漢字漢字", 8) == "漢字漢字");
    CHECK(shorten("漢字漢字", 6) == "漢字…");  // the third would fill the ellipsis' column
    CHECK(shorten("漢字漢字", 5) == "漢字…");
    CHECK(shorten("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
    rc::prop("whatever the width", []() {
        const auto width = *rc::gen::inRange<std::size_t>(0, 20);
        RC_ASSERT(display_width(shorten(escape(*hostile_text()), width)) <= width);
    });
}

TEST_CASE("free text keeps to its limits") {
    const std::string too_many = "has 1025 characters; at most 1024 are allowed";
    const auto control = [](const std::string& character) {
        return "contains " + character + ", a control character; newline and tab are the only ones allowed";
    };
    std::string wide;
    for (int i = 0; i < 1024; ++i) {
        wide += "漢";
    }
    const std::vector<std::pair<std::string, std::string>> table{
        {"", ""},
        {"two\nlines\tand a tab", ""},
        {"=HYPERLINK(\"x\")", ""},
        {"');DROP TABLE", ""},
        {"$(id) `id` ’;calc;’ ]]-- %n 😀", ""},
        {std::string(1024, 'a'), ""},
        {wide, ""},
        {std::string(1025, 'a'), too_many},
        {wide + "漢", too_many},
        {std::string(1 << 20, 'a'), "has 1048576 characters; at most 1024 are allowed"},
        {"\0"s, control("U+0000")},
        {"\x1b[2J", control("U+001B")},
        {"a\r\n", control("U+000D")},
        {"\x7f", control("U+007F")},
        {"\u0085", control("U+0085")},
        {"\u009b", control("U+009B")},
        {"\u2066", control("U+2066")},
        {"\u2028", control("U+2028")},
        {"\u2029", control("U+2029")},
        {"\xff\xfe", "is not valid UTF-8"},
    };
    for (const auto& [text, problem] : table) {
        CAPTURE(text.substr(0, 20));
        CHECK(free_text_problem(text) == problem);
    }
}

TEST_CASE("lower and upper case are those of ASCII whatever the locale") {
    CHECK(ascii_lower("AZaz09@[`{ÄI") == "azaz09@[`{Äi");
    CHECK(ascii_upper("AZaz09@[`{äi") == "AZAZ09@[`{äI");
}

TEST_CASE("texts are split, trimmed and joined") {
    using Parts = std::vector<std::string>;
    CHECK(split("", ',') == Parts{""});
    CHECK(split("a", ',') == Parts{"a"});
    CHECK(split(",a,,b,", ',') == Parts{"", "a", "", "b", ""});
    CHECK(trimmed(" \ta b\t ") == "a b");
    CHECK(trimmed(" \t ").empty());
    CHECK(trimmed("").empty());
    CHECK(trimmed("a\r\n") == "a\r\n");
    CHECK(trimmed("\ra", "\r") == "a");
    CHECK(join({}, ", ").empty());
    CHECK(join({"a"}, ", ") == "a");
    CHECK(join({"a", "", "b"}, ", ") == "a, , b");
}

TEST_CASE("things are counted in the singular and the plural") {
    CHECK(counted(0, "partner") == "0 partners");
    CHECK(counted(1, "partner") == "1 partner");
    CHECK(counted(2, "partner") == "2 partners");
}

TEST_CASE("lines are as they are for a file, and harmless for a terminal") {
    const std::string lines = "one\r\ntwo\x1b[31m\n\n\u202Ethree\r\tfour";
    CHECK(lines_for(Medium::file, lines) == lines);
    CHECK(lines_for(Medium::terminal, lines) == "one\ntwo\\x1b[31m\n\n\\u{202e}three\\r\\tfour");
    CHECK(lines_for(Medium::terminal, "end\n") == "end\n");
    CHECK(lines_for(Medium::terminal, "").empty());
}

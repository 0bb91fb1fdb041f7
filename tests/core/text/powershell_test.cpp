#include "core/text/powershell.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include <optional>

#include "core/text/text.hpp"

using namespace xmppfed::core;

namespace {

/// What PowerShell takes for a single quote, as about_Quoting_Rules and its tokenizer have it.
bool ends_a_string(std::string_view character) {
    return character == "'" || character == "\u2018" || character == "\u2019" || character == "\u201A" ||
           character == "\u201B";
}

/// Reads a verbatim string as PowerShell does: of two quotes that follow each other the first counts. None when the
/// string ends before its text does.
std::optional<std::string> read_back(std::string_view quoted) {
    std::vector<std::string_view> parts;
    for (const auto& character : characters(quoted)) {
        parts.push_back(character.bytes);
    }
    if (parts.size() < 2 || parts.front() != "'" || parts.back() != "'") {
        return std::nullopt;
    }
    std::string text;
    for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
        text += parts[i];
        if (ends_a_string(parts[i]) && (++i + 1 >= parts.size() || !ends_a_string(parts[i]))) {
            return std::nullopt;
        }
    }
    return text;
}

}  // namespace

TEST_CASE("a text becomes a verbatim string") {
    CHECK(powershell_string("") == "''");
    CHECK(powershell_string("Contoso, Ltd.") == "'Contoso, Ltd.'");
    CHECK(powershell_string("$(id) `n \"x\" #") == "'$(id) `n \"x\" #'");
    CHECK(powershell_string("O'Brien") == "'O''Brien'");
    CHECK(powershell_string("'") == "''''");
}

TEST_CASE("each of the five single quotes is doubled, and their neighbours are not") {
    CHECK(powershell_string("\u2018\u2019\u201A\u201B") == "'\u2018\u2018\u2019\u2019\u201A\u201A\u201B\u201B'");
    CHECK(powershell_string("\u2017\u201C\u0060\u00B4\u2032") == "'\u2017\u201C\u0060\u00B4\u2032'");
}

TEST_CASE("no text ends its string") {
    rc::prop("what PowerShell reads is the text", [] {
        static const std::vector<std::string> pieces{"'", "\u2018", "\u2019", "\u201A", "\u201B", "a",    ";",
                                                     "$", "\n",     "\xE2",   "\x80",   "\x99",   "\xFF", "\""};
        const auto text = join(*rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)), "");
        if (is_utf8(text)) {
            RC_ASSERT(read_back(powershell_string(text)) == text);
        }
    });
}

TEST_CASE("booleans are variables") {
    CHECK(powershell_boolean(true) == "$true");
    CHECK(powershell_boolean(false) == "$false");
}

TEST_CASE("on a terminal a text is an expression of the same value, without what is unsafe") {
    CHECK(powershell_string("O'Brien", Medium::terminal) == "'O''Brien'");
    CHECK(powershell_string("", Medium::terminal) == "''");
    CHECK(powershell_string("a\nb", Medium::terminal) == "('a' + [char]0x000A + 'b')");
    CHECK(powershell_string("\x1b", Medium::terminal) == "('' + [char]0x001B)");
    CHECK(powershell_string("x\u202E\u2028'y", Medium::terminal) == "('x' + [char]0x202E + [char]0x2028 + '''y')");
    CHECK(powershell_string("a\xFF", Medium::terminal) == "('a' + [char]0xFFFD)");
    CHECK(powershell_string("a\n\u202E", Medium::file) == "'a\n\u202E'");
}

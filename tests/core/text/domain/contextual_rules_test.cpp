#include "core/text/domain/contextual_rules.hpp"

#include <catch2/catch.hpp>

#include <utility>
#include <vector>

using Catch::Matchers::StartsWith;
using xmppfed::core::contextual_problem;
using xmppfed::core::misplaced_joiner;

TEST_CASE("characters that need a context have it") {
    const std::vector<std::string> table{
        "",
        "bücher",
        "l\u00b7l",
        "col\u00b7lecci\u00f3",
        "l\u00b7l\u00b7l",
        "\u0375\u03b1",
        "\u05d0\u05f3",
        "\u05d0\u05f4\u05d1",
        "\u30a2\u30fb",        // Katakana
        "\u30fb\u3042",        // Hiragana
        "a\u30fb\u4f8b",       // Han
        "\u0628\u0660\u0669",  // Arabic-Indic digits alone
        "\u0628\u06f0\u06f9",  // and extended ones
        "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc",
        "\u0915\u094d\u200d",
        "a\U0001171e",
    };
    for (const auto& label : table) {
        CAPTURE(label);
        CHECK(contextual_problem(label).empty());
    }
}

TEST_CASE("characters without the context that they need are named") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"\u00b7", "MIDDLE DOT"},
        {"\u00b7l", "MIDDLE DOT"},
        {"l\u00b7", "MIDDLE DOT"},
        {"al\u00b7a", "MIDDLE DOT"},
        {"a\u00b7la", "MIDDLE DOT"},
        {"l\u00b7l\u00b7", "MIDDLE DOT"},
        {"\u0375", "GREEK LOWER NUMERAL SIGN"},
        {"\u03b1\u0375", "GREEK LOWER NUMERAL SIGN"},
        {"\u0375a\u03b1", "GREEK LOWER NUMERAL SIGN"},
        {"\u05f3", "HEBREW PUNCTUATION GERESH"},
        {"\u05f3\u05d0", "HEBREW PUNCTUATION GERESH"},
        {"a\u05f3", "HEBREW PUNCTUATION GERESH"},
        {"\u05f4\u05d0", "HEBREW PUNCTUATION GERSHAYIM"},
        {"\u0628\u05f4", "HEBREW PUNCTUATION GERSHAYIM"},
        {"\u30fb", "KATAKANA MIDDLE DOT"},
        {"a\u30fb\uac00", "KATAKANA MIDDLE DOT"},  // Hangul does not count
        {"\u0628\u0660\u06f0", "mixes Arabic-Indic and extended Arabic-Indic digits"},
        {"\u0628\u06f9\u0669", "mixes Arabic-Indic and extended Arabic-Indic digits"},
        {"\u1820\U0001171e\u200c\u1820", "ZERO WIDTH NON-JOINER"},  // no mark that Mongolian letters join across
    };
    for (const auto& [label, problem] : table) {
        CAPTURE(label);
        CHECK_THAT(contextual_problem(label), StartsWith(problem));
    }
}

TEST_CASE("of two joiners the one that means nothing is named") {
    CHECK(misplaced_joiner("a\u200db") == "ZERO WIDTH JOINER, U+200D");
    CHECK(misplaced_joiner("\u200d") == "ZERO WIDTH JOINER, U+200D");
    CHECK(misplaced_joiner("a\u200cb") == "ZERO WIDTH NON-JOINER, U+200C");
    CHECK(misplaced_joiner("\u0915\u094d\u200da\u200cb") == "ZERO WIDTH NON-JOINER, U+200C");
    CHECK(misplaced_joiner("\u0915\u094d\u200da\u200db") == "ZERO WIDTH JOINER, U+200D");
}

#include "core/text/domain/bidi_rule.hpp"

#include <catch2/catch.hpp>

#include <utility>
#include <vector>

using xmppfed::core::bidi_problem;
using xmppfed::core::is_bidi_name;

TEST_CASE("right-to-left letters and Arabic digits make a Bidi domain name") {
    CHECK(is_bidi_name("a.\u05d0"));        // Hebrew
    CHECK(is_bidi_name("\u0628.example"));  // Arabic
    CHECK(is_bidi_name("a\u0660"));         // an Arabic-Indic digit
    CHECK_FALSE(is_bidi_name("bücher.example"));
    CHECK_FALSE(is_bidi_name("a1-2.example"));
    CHECK_FALSE(is_bidi_name("a\u06f1"));  // an extended one counts as European
    CHECK_FALSE(is_bidi_name(""));
}

TEST_CASE("each label of a Bidi domain name meets the Bidi rule") {
    constexpr auto begins = "in a name with right-to-left letters every label begins with a letter";
    constexpr auto ends = "in a name with right-to-left letters every label ends with a letter or a digit";
    constexpr auto mixes = "mixes right-to-left and left-to-right";
    constexpr auto digits = "mixes European and Arabic digits";
    const std::vector<std::pair<std::string, std::string>> table{
        {"a", ""},
        {"a1", ""},
        {"a-1", ""},
        {"ab\u0301", ""},   // a mark at the end
        {"a+\u0301b", ""},  // separators, marks and neutrals within
        {"a\u20ac1", ""},   // a currency sign
        {"\u05d0", ""},
        {"\u0628\u0627", ""},
        {"\u05d01", ""},       // a European digit at the end
        {"\u0628\u0660", ""},  // an Arabic one
        {"\u05d0-\u05d1", ""},
        {"\u0628\u064b", ""},  // a mark at the end
        {"\u05d0\u0628", ""},  // Hebrew and Arabic have one direction
        {"1a", begins},
        {"-a", begins},
        {"\u0660\u0628", begins},
        {"\u0301a", begins},
        {"1", begins},
        {"a\u05d0", mixes},
        {"a\u0628b", mixes},
        {"a\u0660", mixes},
        {"\u05d0a", mixes},
        {"\u05d0a\u05d0", mixes},
        {"\u0628\U0001171e", mixes},  // takes room since Unicode 17 and is no mark any more
        {"a\u20ac", ends},
        {"a-\u0301", ends},
        {"\u05d0-", ends},
        {"\u05d0\u20ac\u0301", ends},
        {"\u05d01\u0660\u05d0", digits},
        {"\u0628\u06601", digits},
        {"\u0628\u0660\u06f1", digits},
    };
    for (const auto& [label, problem] : table) {
        CAPTURE(label);
        CHECK(bidi_problem(label) == problem);
    }
}

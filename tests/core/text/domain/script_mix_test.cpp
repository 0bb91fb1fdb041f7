#include "core/text/domain/script_mix.hpp"

#include <catch2/catch.hpp>

using xmppfed::core::mixes_scripts;

TEST_CASE("a label in one script does not mix scripts") {
    CHECK_FALSE(mixes_scripts(""));
    CHECK_FALSE(mixes_scripts("fabrikam"));
    CHECK_FALSE(mixes_scripts("bücher"));
    CHECK_FALSE(mixes_scripts("пример"));
    CHECK_FALSE(mixes_scripts("παράδειγμα"));
    CHECK_FALSE(mixes_scripts("한국"));
    CHECK_FALSE(mixes_scripts("例子"));
}

TEST_CASE("letters of two scripts mix them") {
    CHECK(mixes_scripts("f\u0430brikam"));  // Cyrillic а
    CHECK(mixes_scripts("\u0430pple"));     // ... as the first character
    CHECK(mixes_scripts("appl\u0435"));     // ... Cyrillic е as the last one
    CHECK(mixes_scripts("αbeta"));
    CHECK(mixes_scripts("αб"));
    CHECK(mixes_scripts("web例子"));
    CHECK(mixes_scripts("webかな"));
}

TEST_CASE("writing systems that use several scripts count as one") {
    CHECK_FALSE(mixes_scripts("漢字ひらカタ"));
    CHECK_FALSE(mixes_scripts("ひらカタ"));
    CHECK_FALSE(mixes_scripts("漢字ㄅㄆ"));
    CHECK_FALSE(mixes_scripts("大韓民國한국"));
    CHECK(mixes_scripts("한국ひら"));
    CHECK(mixes_scripts("한국カタ"));
    CHECK(mixes_scripts("한국ㄅㄆ"));
    CHECK(mixes_scripts("ひらㄅㄆ"));
    CHECK(mixes_scripts("漢字한국ひら"));  // each fits with Han, but not with the other
}

TEST_CASE("characters common to all scripts are neutral") {
    CHECK_FALSE(mixes_scripts("пример-42"));
    CHECK_FALSE(mixes_scripts("42-例子"));
    CHECK_FALSE(mixes_scripts("2-\u00b7"));
    CHECK_FALSE(mixes_scripts("e\u0301"));  // combining acute accent, Inherited
    CHECK_FALSE(mixes_scripts("и\u0301"));
    CHECK(mixes_scripts("e\u0301и\u0301"));
}

TEST_CASE("digits of a script belong to the scripts that use them") {
    CHECK_FALSE(mixes_scripts("हिन्दी१२३"));
    CHECK_FALSE(mixes_scripts("عربي٠١٢"));
    CHECK_FALSE(mixes_scripts("ދިވެހި٠١٢"));  // Thaana
    CHECK(mixes_scripts("latin१२३"));
    CHECK(mixes_scripts("latin٠١٢"));
}

TEST_CASE("Script_Extensions decide where Script alone would not") {
    // The prolonged sound mark is Common, but belongs to kana (and so to Japanese).
    CHECK_FALSE(mixes_scripts("漢字ひらカタカナー"));
    CHECK_FALSE(mixes_scripts("漢ー"));
    CHECK(mixes_scripts("latinー"));
    CHECK(mixes_scripts("한국ー"));

    // Combining marks that are Inherited, but belong to some scripts only.
    CHECK_FALSE(mixes_scripts("л\u0483"));
    CHECK(mixes_scripts("l\u0483"));
    CHECK_FALSE(mixes_scripts("u\u0363"));  // first of a range
    CHECK_FALSE(mixes_scripts("u\u036f"));  // last of it
    CHECK(mixes_scripts("у\u0363"));
    CHECK(mixes_scripts("у\u036f"));
    CHECK_FALSE(mixes_scripts("у\u0362"));  // the character before it

    // Bengali digits are Bengali by Script, yet Chakma uses them too.
    CHECK_FALSE(mixes_scripts("\U00011103\u09e7"));
    CHECK(mixes_scripts("क\u09e7"));

    // Devanagari digits, likewise, with Kaithi.
    CHECK_FALSE(mixes_scripts("\U00011083१"));
}

TEST_CASE("what is no character is of a script of its own") {
    CHECK_FALSE(mixes_scripts("\u0378\U000e0fff"));  // unassigned
    CHECK(mixes_scripts("a\u0378"));
    CHECK(mixes_scripts("a\xff"));
    CHECK(mixes_scripts("е\xff"));
}

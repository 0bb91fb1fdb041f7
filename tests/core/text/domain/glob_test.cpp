#include "core/text/domain/glob.hpp"

#include <catch2/catch.hpp>

#include <ctime>
#include <string>
#include <tuple>
#include <vector>

using xmppfed::core::domain_matches;
using xmppfed::core::glob_match;

TEST_CASE("a glob matches the whole text") {
    const std::vector<std::tuple<std::string, std::string, bool>> table{
        {"", "", true},
        {"", "a", false},
        {"a", "", false},
        {"a", "a", true},
        {"a", "ab", false},
        {"ab", "a", false},
        {"*", "", true},
        {"*", "a.b.c", true},
        {"**", "ab", true},
        {"*.org", "a.b.org", true},
        {"*.org", "org", false},
        {"*.org", "a.org.uk", false},
        {"fab*", "fabrikam.com", true},
        {"fab*", "afab", false},
        {"f*m", "fabrikam.com", true},
        {"f*m", "fabrikam.co", false},
        {"*a*b*", "xxaxxbxx", true},
        {"*a*b*", "xxbxxaxx", false},
        {"*ab", "aab", true},  // starts again after a false start
        {"*aab", "aaab", true},
        {"f?brikam.com", "fabrikam.com", true},
        {"f?brikam.com", "fbrikam.com", false},
        {"a?", "a", false},
        {"?", ".", true},
        {"FABRIKAM.com", "fabrikam.COM", true},
        {"[a]", "a", false},
        {"@", "`", false},  // neighbours of the letters
        {"[", "{", false},
    };
    for (const auto& [pattern, text, expected] : table) {
        CAPTURE(pattern, text);
        CHECK(glob_match(pattern, text) == expected);
    }
}

TEST_CASE("a question mark stands for one character outside ASCII too") {
    CHECK(glob_match("b?cher", "bücher"));
    CHECK(glob_match("?", "😀"));
    CHECK(glob_match("*??", "üx"));
    CHECK_FALSE(glob_match("b??cher", "bücher"));
    CHECK_FALSE(glob_match("*??", "ü"));
}

TEST_CASE("a domain matches in its A-label form or in the form for people") {
    CHECK(domain_matches("xn--*", "xn--bcher-kva.example"));
    CHECK(domain_matches("bü*", "xn--bcher-kva.example"));
    CHECK(domain_matches("b?cher.*", "xn--bcher-kva.example"));
    CHECK_FALSE(domain_matches("bö*", "xn--bcher-kva.example"));
    CHECK(domain_matches("*.COM", "fabrikam.com"));
    CHECK_FALSE(domain_matches("*.org", "fabrikam.com"));
    CHECK_FALSE(domain_matches("ü*", "fabrikam.com"));
    CHECK(domain_matches("BÜCHER*", "xn--bcher-kva.example"));
    CHECK(domain_matches("Bu\u0308cher.example", "xn--bcher-kva.example"));  // u and a diaeresis
    CHECK(domain_matches("fabrikam.com.", "fabrikam.com"));
    CHECK_FALSE(domain_matches(".", "fabrikam.com"));
    CHECK(domain_matches("bcᎦᎩfᎨ", "xn--bcf-k9ple"));  // whose canonical letters are the capital ones
    CHECK(domain_matches("bücher。example", "xn--bcher-kva.example"));
    CHECK(domain_matches("*．com｡", "fabrikam.com"));
}

TEST_CASE("a hostile glob takes no time to speak of") {
    std::string pattern;
    for (int i = 0; i < 30; ++i) {
        pattern += "*a";
    }
    const auto start = std::clock();
    CHECK_FALSE(glob_match(pattern + "b", std::string(253, 'a')));
    CHECK(1000 * (std::clock() - start) / CLOCKS_PER_SEC < 100);
}

#include "core/text/domain/domain_name.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <ctime>
#include <numeric>

using Catch::Matchers::Contains;
using xmppfed::core::canonical_domain;
using xmppfed::core::is_below;
using xmppfed::core::is_canonical_domain;
using xmppfed::core::is_domain;
using xmppfed::core::unicode_domain;
using namespace std::string_literals;

namespace {

/// A name of that many octets, from 194 to 254, in labels of at most 63.
std::string name_of_size(std::size_t size) {
    const auto label = std::string(63, 'a') + '.';
    return label + label + label + std::string(size - 3 * label.size(), 'b');
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string result;
    for (std::size_t i = 0; i < times; ++i) {
        result += text;
    }
    return result;
}

using Pieces = std::vector<std::string>;

/// What domain names are made of, with much that means something to the mapping or to Punycode.
const Pieces usual_pieces{"a",    "b",     "Z",      "2",      "7",       "-",      "--",     ".",
                          ".",    ".",     "\u3002", "\uff0e", "\uff61",  ".xn--",  "xn--",   "XN--",
                          "-kva", "bcher", "fa-hia", "ü",      "u\u0308", "ß",      "ẞ",      "ς",
                          "İ",    "ı",     "ſ",      "\u212a", "\uff58",  "\uff4e", "\uff11", "а",
                          "例",   "か",    "한",     "नि",     "क्\u200d", "ع",      "·"};

/// What makes a name invalid.
const Pieces unusual_pieces{"\uff0d", "\u2024", "\u2488", "\u2100", "\u200c", "\u200d", "\u00ad",
                            "\ufe0f", "\u0301", "😀",      "_",      "@",      "/",      ":",
                            "*",      " ",      "[",      "\u0378", "\x7f",   "\xff"};

rc::Gen<std::string> text_of(std::size_t usual_weight, std::size_t unusual_weight) {
    const auto piece = rc::gen::weightedOneOf<std::string>(
        {{usual_weight, rc::gen::elementOf(usual_pieces)}, {unusual_weight, rc::gen::elementOf(unusual_pieces)}});
    return rc::gen::scale(0.15, rc::gen::map(rc::gen::container<Pieces>(piece), [](const Pieces& pieces) {
                              return std::accumulate(pieces.begin(), pieces.end(), std::string{});
                          }));
}

bool is_canonical_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

void require_consistent(const std::string& text) {
    const auto domain = canonical_domain(text);
    RC_ASSERT(domain.name.empty() != domain.problem.empty());
    RC_ASSERT(is_domain(text) == domain.valid());
    RC_ASSERT(is_canonical_domain(text) == (domain.valid() && domain.name == text));
    if (domain.valid()) {
        RC_ASSERT(std::ranges::all_of(domain.name, is_canonical_character));
        RC_ASSERT(canonical_domain(domain.name).name == domain.name);
        RC_ASSERT(canonical_domain(unicode_domain(domain.name)).name == domain.name);
    }
}

}  // namespace

TEST_CASE("what is no domain name is refused with its reason") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"", "is empty"},
        {".", "has an empty label"},
        {"..", "has an empty label"},
        {"a..b", "has an empty label"},
        {".a.b", "has an empty label"},
        {"a.com..", "has an empty label"},
        {"-a.com", "has a hyphen at the start or end of the label '-a'"},
        {"a-.com", "has a hyphen at the start or end of the label 'a-'"},
        {std::string(64, 'a') + ".com", "has a label of 64 octets; at most 63 are allowed"},
        {name_of_size(254), "has 254 octets; at most 253 are allowed"},
        {"a_b.com", "contains '_'; letters, digits and hyphens are allowed"},
        {"ü_b.com", "contains '_'; letters, digits and hyphens are allowed"},
        {"a b.com", "contains ' '"},
        {"%", "contains '%'"},
        {"a\u2260b.com", "IDNA2008 does not allow"},
        {"a=\u0338b.com", "contains '='"},  // composes to a symbol that IDNA2008 does not allow
        {"\u00fc b.com", "contains ' '; letters, digits and hyphens are allowed"},
        {"\u00fc%b.com", "contains '%'"},
        {repeated("\u00fc", 80) + ".com", "has a label of more than 63 octets: '\u00fc"},
        {"\u00fc" + std::string(60, 'a') + ".com", "has a label of more than 63 octets: '\u00fc"},
        {"a\u226eb.com", "IDNA2008 does not allow"},
        {"x.a\u226fb.com", "IDNA2008 does not allow"},
        {"xn--ab-miv.com", "IDNA2008 does not allow"},
        {"\u2100.com", "contains '/'"},  // maps to a/c
        {"a.com\n", "contains the control character U+000A"},
        {"a\0.com"s, "contains the control character U+0000"},
        {"\u202ea.com", "contains the control character U+202E"},
        {"a\u0085.com", "contains the control character U+0085"},
        {"a\u200b.com", "contains U+200B, an invisible character that would silently be dropped"},
        {"a\u00ad.com", "contains U+00AD, an invisible"},
        {"a\ufe0f.com", "contains U+FE0F, an invisible"},
        {"\ufeffa.com", "contains U+FEFF, an invisible"},
        {"*.a.com", "contains a wildcard"},
        {"192.0.2.1", "is an IP address"},
        {"[::1]", "is an IP address"},
        {"[fe80::1%eth0]", "is an IP address"},
        {"2001:db8::1", "is an IP address"},
        {"2001:DB8::1", "is an IP address"},
        {"::ffff:192.0.2.1", "is an IP address"},
        {"1..2.3", "has an empty label"},
        {"1.2.3", "ends in the all-numeric label '3'"},
        {"a.1", "ends in the all-numeric label '1'"},
        {"1.2.3.4.5", "ends in the all-numeric label '5'"},
        {"a.\uff11", "ends in the all-numeric label '1'"},
        {"u@a.com", "is a JID"},
        {"u@a.com/r", "is a JID"},
        {"a.com/r", "contains a path or resource"},
        {"a.com:5269", "contains a port or prefix"},
        {"ab:12", "contains a port or prefix"},
        {"x:y:z", "contains a port or prefix"},
        {"https://a.com", "begins with a scheme"},
        {"a,DNS:evil.com", "contains a port or prefix"},
        {"a,evil.com", "contains ','"},
        {"\xff\xfe", "is not valid UTF-8"},
        {"xn--example-.org", "has a hyphen at the start or end of the label 'xn--example-'"},
        {"example.org.xn--", "has a hyphen at the start or end of the label 'xn--'"},
        {"xn--a", "has a label that IDNA2008 does not allow: 'xn--a' ("},
        {"\uff58n--a", "has a label that IDNA2008 does not allow"},            // full-width x
        {"xn--ls8h.example", "has a label that IDNA2008 does not allow"},      // an emoji
        {"xn--Bcher-Kva8445foa", "has a label that IDNA2008 does not allow"},  // not what its U-label gives
        {"a\u200cb.com", "(ZERO WIDTH NON-JOINER, U+200C, is not allowed there)"},
        {"a\u200db.com", "(ZERO WIDTH JOINER, U+200D, is not allowed there)"},
        {"a\u00b7b.com", "'a\u00b7b' (MIDDLE DOT, U+00B7, is allowed between two l only)"},
        {"\u00fc\u05d0.com", "'\u00fc\u05d0' (mixes right-to-left and left-to-right)"},
        {"3com.\u05d0", "'3com' (in a name with right-to-left letters every label begins with a letter)"},
        {"3com.xn--4db", "'3com' (in a name with right-to-left letters every label begins with a letter)"},
        {"a.1b.\u05d0.com", "'1b' (in a name with right-to-left letters every label begins with a letter)"},
        {"\u05d01\u0660.com", "'\u05d01\u0660' (mixes European and Arabic digits)"},
    };
    for (const auto& [text, problem] : table) {
        CAPTURE(text);
        const auto domain = canonical_domain(text);
        CHECK_THAT(domain.problem, Contains(problem));
        CHECK(domain.name.empty());
        CHECK_FALSE(domain.valid());
        CHECK_FALSE(is_domain(text));
        CHECK_FALSE(is_canonical_domain(text));
    }
}

TEST_CASE("every spelling of a domain has one canonical form") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"example.com", "example.com"},
        {"example.com.", "example.com"},
        {"EXAMPLE.com", "example.com"},
        {"\uff45xample.com", "example.com"},  // full-width e
        {"a\u3002b", "a.b"},
        {"a\uff0eb", "a.b"},
        {"a\uff61b", "a.b"},
        {"a.b\u3002", "a.b"},
        {"bücher.example", "xn--bcher-kva.example"},
        {"BÜCHER.example", "xn--bcher-kva.example"},
        {"bu\u0308cher.example", "xn--bcher-kva.example"},  // NFD
        {"xn--bcher-kva.example", "xn--bcher-kva.example"},
        {"XN--BCHER-KVA.example", "xn--bcher-kva.example"},
        {"\uff58n--bcher-kva.example", "xn--bcher-kva.example"},
        {"faß.de", "xn--fa-hia.de"},  // non-transitional
        {"ශ්\u200dරී.com", "xn--10cl1a0b660p.com"},
        {"نامه\u200cای.com", "xn--mgba3gch31f060k.com"},
        {"f\u0430brikam.com", "xn--fbrikam-2fg.com"},
        {"FA\u1e9e.de", "xn--fa-hia.de"},
        {"a.\u05d0", "a.xn--4db"},
        {"1a.b\u00fccher.com", "1a.xn--bcher-kva.com"},  // no right-to-left letter, no Bidi rule
        {"fabrikam", "fabrikam"},
        {"co.uk", "co.uk"},
        {"ab--cd.com", "ab--cd.com"},
        {"3com.com", "3com.com"},
        {"1.2.3.com", "1.2.3.com"},
        {"192.0.2.1.com", "192.0.2.1.com"},
        {"a.b.c.d", "a.b.c.d"},
        {"a.1b", "a.1b"},
        {std::string(63, 'a') + ".com", std::string(63, 'a') + ".com"},
        {name_of_size(253), name_of_size(253)},
        {name_of_size(253) + ".", name_of_size(253)},
    };
    for (const auto& [text, name] : table) {
        CAPTURE(text);
        const auto domain = canonical_domain(text);
        CHECK(domain.name == name);
        CHECK(domain.problem.empty());
    }
}

TEST_CASE("the form for people shows U-labels") {
    CHECK(unicode_domain("xn--bcher-kva.example") == "bücher.example");
    CHECK(unicode_domain("www.xn--bcher-kva.example") == "www.bücher.example");
    CHECK(unicode_domain("fabrikam.com") == "fabrikam.com");
    CHECK(unicode_domain("xn--\xff") == "xn--\xff");  // what has no such form stays as it is
}

TEST_CASE("a domain is below its parents alone") {
    CHECK(is_below("corp.fabrikam.com", "fabrikam.com"));
    CHECK(is_below("a.b.fabrikam.com", "fabrikam.com"));
    CHECK_FALSE(is_below("fabrikam.com", "fabrikam.com"));
    CHECK_FALSE(is_below(".fabrikam.com", "fabrikam.com"));
    CHECK_FALSE(is_below("xfabrikam.com", "fabrikam.com"));
    CHECK_FALSE(is_below("a.xfabrikam.com", "fabrikam.com"));
    CHECK_FALSE(is_below("a.fabrikam.org", "fabrikam.com"));
    CHECK_FALSE(is_below("fabrikam.com", "corp.fabrikam.com"));
}

TEST_CASE("a very long text is answered in under 100 ms") {
    const std::string dots = []() {
        std::string text;
        for (int i = 0; i < 50'000; ++i) {
            text += "a.";
        }
        return text;
    }();
    std::string umlauts;
    for (int i = 0; i < 50'000; ++i) {
        umlauts += "ü";
    }
    for (const auto& text : {std::string(100'000, 'a'), dots, umlauts}) {
        const auto start = std::clock();
        const auto domain = canonical_domain(text);
        const auto milliseconds = 1000 * (std::clock() - start) / CLOCKS_PER_SEC;
        CHECK(domain.problem == "is longer than 253 octets");
        CHECK(milliseconds < 100);
    }
}

TEST_CASE("canonical domains are canonical") {
    rc::prop("so is whatever looks like one", []() { require_consistent(*text_of(1, 0)); });
    rc::prop("or nearly like one", []() { require_consistent(*text_of(20, 1)); });
    rc::prop("or is any sequence of bytes", [](const std::string& text) { require_consistent(text); });
}

TEST_CASE("a name that needs no closer look is what a closer look would find") {
    rc::prop("as the dot of the root takes it there", []() {
        const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"anx0-."})) + 'x';
        RC_ASSERT(canonical_domain(text).name == canonical_domain(text + ".").name);
    });
    for (const auto& text : {"xn--a", "a.xn--a", "a--b", "1.2.3.4", "a.1", "1.a", "a-", "-a", "a..b", "a.1-2"}) {
        CHECK(canonical_domain(text).name == canonical_domain(text + std::string{"."}).name);
    }
    CHECK_FALSE(canonical_domain("xn--a").valid());
}

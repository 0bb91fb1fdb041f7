#include "core/text/domain/idna.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/text/text.hpp"

using Catch::Matchers::Contains;
using xmppfed::core::canonical_domain;
using xmppfed::core::idna_label;
using xmppfed::core::is_plain_ascii;
using xmppfed::core::split;
using xmppfed::core::with_plain_dots;

namespace {

/// A row of Unicode's table.
struct ConformanceRow {
    std::string source;
    std::string name;                 ///< what ToASCII makes of it; "" when it is refused
    std::vector<std::string> status;  ///< why it is refused
};

/// UTF-8 of any number up to 0x10ffff, of surrogates too, which the table has: then it is no UTF-8.
std::string encoded(unsigned long scalar) {
    const auto tail = [&](unsigned shift) { return static_cast<char>(0x80U | ((scalar >> shift) & 0x3fU)); };
    if (scalar < 0x80) {
        return {static_cast<char>(scalar)};
    }
    if (scalar < 0x800) {
        return {static_cast<char>(0xc0U | (scalar >> 6U)), tail(0)};
    }
    if (scalar < 0x10000) {
        return {static_cast<char>(0xe0U | (scalar >> 12U)), tail(6), tail(0)};
    }
    return {static_cast<char>(0xf0U | (scalar >> 18U)), tail(12), tail(6), tail(0)};
}

std::string unescaped(const std::string& text) {
    if (text == "\"\"") {
        return {};
    }
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const bool braces = text.compare(at, 3, "\\x{") == 0;
        if (!braces && text.compare(at, 2, "\\u") != 0) {
            result += text[at++];
            continue;
        }
        const auto begin = at + (braces ? 3 : 2);
        const auto end = braces ? text.find('}', begin) : begin + 4;
        result += encoded(std::stoul(text.substr(begin, end - begin), nullptr, 16));
        at = end + (braces ? 1 : 0);
    }
    return result;
}

std::vector<ConformanceRow> conformance_rows() {
    std::ifstream file{std::string{XMPPFED_SOURCE_DIR} + "/tests/data/idna-test-17.0.txt"};
    std::vector<ConformanceRow> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const auto tab = line.find('\t');
        const auto answer = line.substr(tab + 1);
        ConformanceRow row{unescaped(line.substr(0, tab)), {}, {}};
        if (answer.front() == '!') {
            row.status = split(answer.substr(1), ',');
        } else {
            row.name = unescaped(answer);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Where the domains of this project are wider than the table with all its checks, on purpose.
enum class Wider { no, root_dot, hyphens };

/// The table refuses the dot of the root (A4_2); a domain may be given with it. It refuses hyphens in the third and
/// fourth place (V2) of plain labels too, which need no IDNA check; of other labels they are refused here as well.
Wider wider(const ConformanceRow& row) {
    const auto dotted = with_plain_dots(row.source);
    if (row.status == std::vector<std::string>{"A4_2"} && dotted.ends_with('.')) {
        return canonical_domain(dotted.substr(0, dotted.size() - 1)).valid() ? Wider::root_dot : Wider::no;
    }
    const auto is_plain = [](const std::string& label) {
        return label.size() > 3 && label.compare(2, 2, "--") == 0 && is_plain_ascii(label) && !label.starts_with("xn");
    };
    return row.status == std::vector<std::string>{"V2"} && std::ranges::any_of(split(dotted, '.'), is_plain)
               ? Wider::hyphens
               : Wider::no;
}

}  // namespace

TEST_CASE("no name of Unicode's table of IDNA tests gets another answer than the table's, but a refusal") {
    std::map<std::string, int> tally;
    for (const auto& row : conformance_rows()) {
        const auto domain = canonical_domain(row.source);
        const auto width = wider(row);
        CAPTURE(row.source, row.name, row.status, domain.name, domain.problem);
        if (!row.status.empty() && width == Wider::no) {
            CHECK_FALSE(domain.valid());
            ++tally["refused by both"];
        } else if (!domain.valid()) {
            // IDNA2008 knows fewer characters than UTS 46, libidn2 only those of Unicode 14.
            CHECK(width == Wider::no);
            ++tally["refused by us alone"];
        } else if (width == Wider::no) {
            CHECK(domain.name == row.name);
            ++tally["the same name"];
        } else {
            ++tally[width == Wider::hyphens ? "hyphens of a plain label" : "the root's dot"];
        }
    }
    // As many as there are: a name that is refused for no good reason shows here.
    CHECK(tally == std::map<std::string, int>{{"refused by both", 5791},
                                              {"refused by us alone", 202},
                                              {"the same name", 347},
                                              {"hyphens of a plain label", 8},
                                              {"the root's dot", 43}});
}

TEST_CASE("a capital sharp s is a sharp s, wherever it stands") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"FA\u1e9e.de", "xn--fa-hia.de"},
        {"fa\u1e9e.de", "xn--fa-hia.de"},
        {"\u1e9e", "xn--zca"},
        {"\u1e9e\u1e9ea\u1e9e", "xn--a-pfaab"},
        {"a.\u1e9e.B\u00dcCHER", "a.xn--zca.xn--bcher-kva"},
    };
    for (const auto& [text, name] : table) {
        CAPTURE(text);
        CHECK(canonical_domain(text).name == name);
    }
    CHECK(canonical_domain("fass.de").name == "fass.de");
}

TEST_CASE("what an A-label stands for meets the rules of U-labels") {
    const std::vector<std::pair<std::string, std::string>> table{
        {"xn--ab-0ea", "MIDDLE DOT"},
        {"xn--wva3j", "GREEK LOWER NUMERAL SIGN"},
        {"xn--4eb", "GERESH"},
        {"xn--vek", "KATAKANA MIDDLE DOT"},
        {"xn--ngb6iyr", "mixes Arabic-Indic and extended Arabic-Indic digits"},
        {"xn--ab-j1t", "ZERO WIDTH NON-JOINER, U+200C, is not allowed there"},
        {"xn--ab-m1t", "ZERO WIDTH JOINER, U+200D, is not allowed there"},
        {"xn--x-8pc", "mixes right-to-left and left-to-right"},
        {"xn--ab-miv", "a mathematical sign"},
        {"xn--6a", "is written otherwise"},                    // a no-break space, which is mapped to a blank
        {"xn--z1g", "is written otherwise"},                   // U+2100, which is mapped to a/c
        {"xn--fa-64s", "forbidden in non-transitional mode"},  // a capital sharp s
    };
    for (const auto& [label, problem] : table) {
        CAPTURE(label);
        const auto domain = idna_label(label);
        CHECK_THAT(domain.problem, Contains("has a label that IDNA2008 does not allow: '" + label + "' ("));
        CHECK_THAT(domain.problem, Contains(problem));
        CHECK(domain.name.empty());
    }
    CHECK(idna_label("xn--ll-0ea").name == "xn--ll-0ea");
}

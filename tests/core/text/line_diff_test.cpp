#include "core/text/line_diff.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

using namespace xmppfed::core;

namespace {

/// The lines of a diff that belong to one side, in the order in which they stand there.
std::string side_of(const std::string& diff, char mark) {
    std::string found;
    for (std::size_t at = 0; at < diff.size();) {
        const auto end = diff.find('\n', at);
        const auto line = diff.substr(at, end - at);
        if (line.front() == ' ' || line.front() == mark) {
            found += line.substr(1) + "\n";
        }
        at = end + 1;
    }
    return found;
}

std::string text_of_lines(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) {
        text += line + "\n";
    }
    return text;
}

/// What `patch` would do, hunk by hunk; nothing when a line does not fit.
std::vector<std::string> patched(const std::vector<std::string>& before, const std::string& diff) {
    std::vector<std::string> result;
    std::size_t old_line = 0;
    for (std::size_t at = 0; at < diff.size();) {
        const auto end = diff.find('\n', at);
        const auto line = diff.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("@@ -")) {
            auto first = static_cast<std::size_t>(std::stoul(line.substr(4)));
            const bool is_empty = line.find(",0 +") != std::string::npos;
            first -= is_empty ? 0 : 1;
            while (old_line < first) {
                result.push_back(before.at(old_line++));
            }
        } else if (line.front() == '+') {
            result.push_back(line.substr(1));
        } else if (before.at(old_line++) != line.substr(1)) {
            return {"does not fit"};
        } else if (line.front() == ' ') {
            result.push_back(line.substr(1));
        }
    }
    while (old_line < before.size()) {
        result.push_back(before.at(old_line++));
    }
    return result;
}

}  // namespace

TEST_CASE("Texts that are the same differ in nothing", "[line-diff]") {
    CHECK(line_diff("", "").empty());
    CHECK(line_diff("a\nb\n", "a\nb\n").empty());
}

TEST_CASE("A difference has three lines around it", "[line-diff]") {
    CHECK(line_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
          "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
    CHECK(line_diff("", "a\nb\n") == "@@ -0,0 +1,2 @@\n+a\n+b\n");
    CHECK(line_diff("a\n", "") == "@@ -1 +0,0 @@\n-a\n");
    CHECK(line_diff("a", "a\n") == "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

TEST_CASE("Differences that are far apart are hunks of their own", "[line-diff]") {
    std::string before;
    std::string after;
    for (int i = 0; i < 30; ++i) {
        before += std::to_string(i) + "\n";
        after += (i == 3 || i == 25 ? "x" : std::to_string(i)) + "\n";
    }
    CHECK(line_diff(before, after) ==
          "@@ -1,7 +1,7 @@\n 0\n 1\n 2\n-3\n+x\n 4\n 5\n 6\n"
          "@@ -23,7 +23,7 @@\n 22\n 23\n 24\n-25\n+x\n 26\n 27\n 28\n");
}

TEST_CASE("Where everything differs, everything goes and comes", "[line-diff]") {
    std::string before;
    std::string after;
    for (int i = 0; i < 3000; ++i) {
        before += "a" + std::to_string(i) + "\n";
        after += "b" + std::to_string(i) + "\n";
    }
    const auto diff = line_diff(before, after);
    CHECK(diff.starts_with("@@ -1,3000 +1,3000 @@\n-a0\n"));
    CHECK(side_of(diff, '-') == before);
    CHECK(side_of(diff, '+') == after);
}

TEST_CASE("What a difference says makes the one text of the other", "[line-diff]") {
    rc::prop("applied to the first text it gives the second", [] {
        const auto lines = rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>("a", "b", "c"));
        const auto before = *lines;
        const auto after = *lines;
        RC_ASSERT(patched(before, line_diff(text_of_lines(before), text_of_lines(after))) == after);
    });
}

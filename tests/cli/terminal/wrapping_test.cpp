#include "cli/terminal/wrapping.hpp"

#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "tests/support/outputs.hpp"

using namespace xmppfed;

namespace {

std::string passed_on(std::string_view text, std::optional<std::size_t> columns) {
    test::StringOutput target;
    cli::WrappedOutput out{target, columns};
    for (const char c : text) {
        out.write(std::string_view{&c, 1});  // however it comes
    }
    out.flush();
    return target.text();
}

}  // namespace

TEST_CASE("lines are broken at blanks and go on below where they began") {
    CHECK(passed_on("  one two three four\nfive\n", 12) == "  one two\n    three\n    four\nfive\n");
    CHECK(passed_on("  label:      value\n", 14) == "  label:\n    value\n");
    CHECK(passed_on("one two three four\n", {}) == "one two three four\n");
    CHECK(passed_on("\n\n", 10) == "\n\n");
}

TEST_CASE("lines go on below what stands beside a label, where there is room, else below the label") {
    CHECK(passed_on("  label:  one two three\n", 20) == "  label:  one two\n          three\n");
    CHECK(passed_on("  label:  one two three\n", 19) == "  label:\n    one two three\n");
    CHECK(passed_on("  \x1b[1ma\x1b[0m  one two\n", 10) == "  \x1b[1ma\x1b[0m  one\n     two\n");
}

TEST_CASE("a word that is too long stays whole") {
    CHECK(passed_on("a verylongdomain.example b\n", 12) == "a\n  verylongdomain.example\n  b\n");
}

TEST_CASE("colours and wide characters are measured as a terminal shows them") {
    CHECK(passed_on("\x1b[1mone two\x1b[0m six\n", 11) == "\x1b[1mone two\x1b[0m six\n");
    CHECK(passed_on("\u4e16\u754c \u4e16\u754c\n", 8) == "\u4e16\u754c\n  \u4e16\u754c\n");
}

TEST_CASE("blanks within and behind a coloured label stay, and lines go on below what stands beside it") {
    CHECK(passed_on("\x1b[32mgood   \x1b[0m  store one two\n", 18) ==
          "\x1b[32mgood   \x1b[0m  store one\n         two\n");
    CHECK(passed_on("\x1b[32mwords  \x1b[0m and more of them\n", 12) ==
          "\x1b[32mwords  \x1b[0m\n  and more\n  of them\n");
    CHECK(cli::wrapped("\x1b[0m  one two", 6, 1) == "\x1b[0m  one\n two");
}

TEST_CASE("a question leaves without an end of line, and keeps its blank") {
    CHECK(passed_on("Domain [a.example]: ", 40) == "Domain [a.example]: ");
    CHECK(passed_on("Domains [a.example,b.example]: ", 24) == "Domains\n  [a.example,b.example]: ");
}

TEST_CASE("the last line of a question can be left to who shows it") {
    const auto taken = [](std::string_view text, std::size_t columns) {
        test::StringOutput target;
        cli::WrappedOutput out{target, columns};
        out.write(text);
        auto last = out.take_last_line();
        out.flush();
        return std::pair{target.text(), std::move(last)};
    };
    using Taken = std::pair<std::string, std::string>;
    CHECK(taken("page\nDomain [a.example]: ", 40) == Taken{"page\n", "Domain [a.example]: "});
    CHECK(taken("Domains [a.example,b.example]: ", 24) == Taken{"Domains\n", "  [a.example,b.example]: "});
    CHECK(taken("page\n", 40) == Taken{"page\n", ""});
}

TEST_CASE("a terminal without room for an indent loses no text") {
    CHECK(passed_on("        a b c d\n", 3) == " a\n b\n c\n d\n");
}

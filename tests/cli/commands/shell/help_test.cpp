// `help`: when it opens a manual page, and when it prints the text instead.

#include <catch2/catch.hpp>

#include "cli/run.hpp"
#include "tests/support/outputs.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;

namespace {

struct Outcome {
    int code = 0;
    std::string page;  ///< that was opened, or asked for
    std::string text;
};

/// Runs `help` in a world whose manual has every page, or none.
Outcome help(const std::string& line, bool is_terminal, bool has_pages) {
    test::TestWorld surroundings;
    surroundings.environment["NO_COLOR"] = "1";
    surroundings.terminal.stdout_is_one = is_terminal;
    test::StringOutput out;
    test::StringOutput err;
    auto world = surroundings.world(out, err);
    Outcome outcome;
    world.open_manual = [&](const std::string& name) {
        outcome.page = name;
        return has_pages;
    };
    outcome.code = cli::run(test::split_words("help " + line), world);
    outcome.text = out.text();
    return outcome;
}

}  // namespace

TEST_CASE("help opens the page of a command on a terminal") {
    const auto outcome = help("partner new", /*is_terminal=*/true, /*has_pages=*/true);
    CHECK(outcome.code == 0);
    CHECK(outcome.page == "xmppfed-partner-new");
    CHECK(outcome.text.empty());
    CHECK(help("history", true, true).page == "xmppfed-history");
}

TEST_CASE("help prints what --help prints where no page can be shown") {
    test::TestWorld world;
    const auto text = world.must("partner new --help").out;
    for (const auto& outcome : {help("partner new", /*is_terminal=*/true, /*has_pages=*/false),
                                help("partner new", /*is_terminal=*/false, /*has_pages=*/true),
                                help("partner new --no-input", /*is_terminal=*/true, /*has_pages=*/true)}) {
        CHECK(outcome.code == 0);
        CHECK(outcome.text == text);
    }
    CHECK(help("partner new", false, true).page.empty());
}

TEST_CASE("help on a noun, on nothing and on no command asks for no page") {
    CHECK(help("", true, true).page.empty());
    CHECK_FALSE(help("partner", true, true).text.empty());
    CHECK(help("partner", true, true).page.empty());
    const auto wrong = help("partner nwe", true, true);
    CHECK(wrong.code == 2);
    CHECK(wrong.page.empty());
}

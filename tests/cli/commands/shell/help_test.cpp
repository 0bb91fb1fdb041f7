// `help`: when it opens a manual page, and when it prints the text instead.

#include <catch2/catch.hpp>

#include "cli/run.hpp"
#include "core/rule/rules.hpp"
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

TEST_CASE("help prints what the manual says of a topic, whatever standard output is") {
    for (const auto* topic : {"rules", "manifest", "edge", "servers", "exit-codes", "environment"}) {
        INFO(topic);
        const auto outcome = help(topic, /*is_terminal=*/true, /*has_pages=*/true);
        CHECK(outcome.code == 0);
        CHECK(outcome.page.empty());
        CHECK(outcome.text.size() > 500);
        CHECK(outcome.text.find("\n.") == std::string::npos);  // no macro is left
        CHECK(help(topic, false, false).text == outcome.text);
    }
    CHECK_THAT(help("exit-codes", true, true).text,
               Catch::Matchers::Contains("EXIT STATUS\n") && Catch::Matchers::Contains("\n10\n    `xmppfed plan"));
    CHECK_THAT(help("Environment", true, true).text, Catch::Matchers::Contains("XMPPFED_STORE\n    The store, when"));
    CHECK_THAT(help("edge", true, true).text, Catch::Matchers::Contains("Usage: xmppfed edge COMMAND"));
    CHECK_THAT(help("rules", true, true).text, Catch::Matchers::Contains("domain-claimed") &&
                                                   Catch::Matchers::Contains("error: another partner claims one"));
}

TEST_CASE("help tells of every rule") {
    for (const auto& rule : core::rule::table) {
        INFO(rule.id);
        const auto outcome = help(std::string{rule.id}, /*is_terminal=*/true, /*has_pages=*/true);
        CHECK(outcome.code == 0);
        CHECK(outcome.text.starts_with(std::string{rule.id} + " ("));
        CHECK(outcome.text.size() > rule.id.size() + rule.when.size() + 40);
        CHECK(outcome.text.find("\n.") == std::string::npos);
    }
}

TEST_CASE("help names the topic or rule that was meant") {
    test::TestWorld world;
    for (const auto& [word, meant] :
         std::vector<std::pair<std::string, std::string>>{{"exit-cods", "xmppfed help exit-codes"},
                                                          {"enviroment", "xmppfed help environment"},
                                                          {"rulse", "xmppfed help rules"},
                                                          {"domain-climed", "xmppfed help domain-claimed"},
                                                          {"probe-tls-mising", "xmppfed help probe-tls-missing"},
                                                          {"histroy", "xmppfed history"},
                                                          {"version", "xmppfed --version"}}) {
        const auto result = world.run("help " + word);
        CHECK(result.code == 2);
        CHECK_THAT(result.err, Catch::Matchers::Contains("did you mean `" + meant + "`?"));
    }
    CHECK(world.run("help rules manifest").code == 2);
    CHECK_THAT(world.must("--help").out,
               Catch::Matchers::Contains("help TOPIC") && Catch::Matchers::Contains("      exit-codes"));
}

TEST_CASE("completion offers topics, and rules once one is begun") {
    test::TestWorld world;
    CHECK_THAT(world.must("__complete help ''").out,
               Catch::Matchers::Contains("exit-codes\t") && !Catch::Matchers::Contains("domain-claimed"));
    CHECK_THAT(world.must("__complete help domain-cl").out, Catch::Matchers::Contains("domain-claimed\t"));
    CHECK_THAT(world.must("__complete help partner ''").out, !Catch::Matchers::Contains("exit-codes"));
}

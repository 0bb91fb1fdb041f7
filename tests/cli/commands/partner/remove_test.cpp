#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using test::TestWorld;

namespace {

struct BookOfThree : TestWorld {
    BookOfThree() {
        must("partner new --primary a.example --additional x.a.example");
        must("partner new --primary b.example");
        must("partner new --primary c.example");
    }
    void be_a_terminal() {
        terminal.stdin_is_one = true;
        terminal.stderr_is_one = true;
        environment["NO_COLOR"] = "1";
    }
};

std::string removed(const test::Result& result) {
    std::string names;
    const auto document = result.json();
    for (const auto& partner : document.at("partners")) {
        names += partner.at("primary_domain").get<std::string>() + " ";
    }
    return names;
}

}  // namespace

TEST_CASE("all named partners are removed, and printed") {
    BookOfThree world;
    const auto result = world.must("partner remove c.example A.EXAMPLE. c.example --yes -o json -m over");
    CHECK(result.json().at("kind") == "partner-list");
    CHECK(removed(result) == "c.example a.example ");
    CHECK(world.must("partner list -o csv").out.find("a.example") == std::string::npos);
    const auto entries = world.must("history --limit 2 -o json").json().at("entries");
    CHECK(entries.at(0).at("action") == "partner.remove");
    CHECK(entries.at(0).at("message") == "over");
    CHECK(entries.at(0).at("after").is_null());
    CHECK(entries.at(0).at("before").at("primary_domain") == "a.example");
    CHECK(entries.at(0).at("commit") == entries.at(1).at("commit"));
    CHECK(world.run("store check").code == 0);
    world.must("partner new --primary x.a.example --additional a.example");  // the claims are free
}

TEST_CASE("none is removed when one is missing") {
    struct Row {
        const char* domains;
        int code;
        const char* message;
    };
    const auto row = GENERATE(values<Row>({
        {"a.example nobody.example", 4, "there is no partner 'nobody.example'"},
        {"b.example x.a.example", 4, "name that one"},
        {"b.example a..b", 3, "[domain-invalid]"},
        {"b.example ''", 3, "[domain-invalid]"},
    }));
    INFO(row.domains);
    BookOfThree world;
    const auto before = world.state();
    for (const auto* options : {"--yes", "--dry-run", ""}) {
        const auto result = world.run(fmt::format("partner remove {} {}", options, row.domains));
        CHECK(result.code == row.code);
        CHECK_THAT(result.err, Contains(row.message));
    }
    CHECK(world.run(fmt::format("partner remove {} --yes --store none.db", row.domains)).code >= 3);
    CHECK(world.state() == before);
    CHECK(world.directory.names() == std::vector<std::string>{"store.db"});
}

TEST_CASE("removing asks on a terminal") {
    struct Row {
        const char* answer;
        bool yes;
    };
    const auto row = GENERATE(values<Row>({
        {"y", true},
        {"yes", true},
        {"YES", true},
        {"", false},
        {"n", false},
        {"no", false},
        {"yess", false},
        {" y", false},
        {nullptr, false},
    }));
    BookOfThree world;
    world.be_a_terminal();
    const auto before = world.state();
    if (row.answer != nullptr) {
        world.input.emplace_back(row.answer);
    }
    const auto result = world.run("partner remove a.example");
    CHECK_THAT(result.err, Contains("Remove the partner 'a.example'? [y/N] "));
    CHECK(result.code == (row.yes ? 0 : 1));
    CHECK((world.state() == before) != row.yes);
    if (!row.yes) {
        CHECK_THAT(result.err, Contains("xmppfed: error: declined; nothing was changed\n"));
        CHECK(result.out.empty());
    }
}

TEST_CASE("the question tells how many are meant, and is left out when told") {
    BookOfThree world;
    world.be_a_terminal();
    world.input.emplace_back("n");
    CHECK_THAT(world.run("partner remove a.example b.example").err, Contains("Remove 2 partners? [y/N] "));
    for (const auto* line : {"partner remove a.example --dry-run", "partner remove a.example --yes"}) {
        CHECK_THAT(world.must(line).err, !Contains("[y/N]"));
    }
}

TEST_CASE("where nobody can be asked, --yes is needed") {
    struct Row {
        bool stdin_is_one;
        bool stderr_is_one;
        const char* options;
    };
    const auto row = GENERATE(values<Row>({
        {false, false, ""},
        {true, false, ""},
        {false, true, ""},
        {true, true, "--no-input"},
    }));
    BookOfThree world;
    world.terminal.stdin_is_one = row.stdin_is_one;
    world.terminal.stderr_is_one = row.stderr_is_one;
    world.environment["NO_COLOR"] = "1";
    world.input.emplace_back("y");
    const auto before = world.state();
    const auto result = world.run(fmt::format("partner remove a.example {}", row.options));
    CHECK(result.code == 2);
    CHECK_THAT(result.err, Contains("--yes"));
    CHECK(world.state() == before);
    CHECK(world.input.size() == 1);  // nothing was read
    world.must(fmt::format("partner remove a.example --yes {}", row.options));
}

TEST_CASE("a dry removal tells what would go") {
    BookOfThree world;
    const auto before = test::read_file(world.store());
    const auto result = world.must("partner remove a.example b.example --dry-run -o json");
    CHECK(result.json().at("dry_run") == true);
    CHECK(removed(result) == "a.example b.example ");
    CHECK(test::read_file(world.store()) == before);
}

TEST_CASE("option --quiet drops the table of what was removed") {
    BookOfThree world;
    CHECK_THAT(world.must("partner remove a.example --yes").out, Contains("a.example"));
    CHECK(world.must("partner remove b.example --yes -q").out.empty());
    CHECK(removed(world.must("partner remove c.example --yes -q -o json")) == "c.example ");
}

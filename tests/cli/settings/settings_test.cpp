#include "cli/settings/settings.hpp"

#include <catch2/catch.hpp>

#include "tests/support/outputs.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using test::TestWorld;

TEST_CASE("the store is where the option, else the environment says") {
    struct Row {
        std::optional<std::string> option;
        std::map<std::string, std::string> environment;
        std::string path;  ///< "D" stands for the current directory; empty: a usage error
    };
    const std::vector<Row> rows{
        {"/s/a.db", {{"XMPPFED_STORE", "/e/b.db"}, {"HOME", "/h"}}, "/s/a.db"},
        {"a.db", {}, "D/a.db"},
        {"./x/../a.db", {}, "D/./x/../a.db"},
        {"", {{"XMPPFED_STORE", "/e/b.db"}}, ""},
        {{}, {{"XMPPFED_STORE", "/e/b.db"}, {"XDG_DATA_HOME", "/x"}, {"HOME", "/h"}}, "/e/b.db"},
        {{}, {{"XMPPFED_STORE", ""}, {"XDG_DATA_HOME", "/x"}, {"HOME", "/h"}}, "/x/xmppfed/store.db"},
        {{}, {{"XMPPFED_STORE", "e/b.db"}, {"XDG_DATA_HOME", "/x"}, {"HOME", "/h"}}, "/x/xmppfed/store.db"},
        {{}, {{"XDG_DATA_HOME", "/x"}}, "/x/xmppfed/store.db"},
        {{}, {{"XDG_DATA_HOME", ""}, {"HOME", "/h"}}, "/h/.local/share/xmppfed/store.db"},
        {{}, {{"XDG_DATA_HOME", "x"}, {"HOME", "/h"}}, "/h/.local/share/xmppfed/store.db"},
        {{}, {{"HOME", "/h"}}, "/h/.local/share/xmppfed/store.db"},
        {{}, {{"HOME", "h"}}, ""},
        {{}, {{"HOME", ""}}, ""},
        {{}, {{"XMPPFED_STORE", "~/b.db"}}, ""},
        {{}, {}, ""},
        {"postgresql://db.example/book", {{"HOME", "/h"}}, "postgresql://db.example/book"},
        {"postgres://joe@db.example:5432/book", {}, "postgres://joe@db.example:5432/book"},
        {"postgresql://joe:secret@db.example/book", {{"HOME", "/h"}}, ""},
        {"POSTGRES://db.example/book", {{"HOME", "/h"}}, ""},
        {"x-1.y+z://", {{"HOME", "/h"}}, ""},
        {"file:///s/a.db", {{"HOME", "/h"}}, ""},
        {"service=book", {{"HOME", "/h"}}, "service=book"},
        {"service=book password=secret", {{"HOME", "/h"}}, ""},
        {"Service=book", {{"HOME", "/h"}}, ""},
        {{}, {{"XMPPFED_STORE", "postgresql://db.example/book"}, {"HOME", "/h"}}, "postgresql://db.example/book"},
        {{}, {{"XMPPFED_STORE", "service=book"}, {"HOME", "/h"}}, "service=book"},
        {{}, {{"XMPPFED_STORE", "mysql://db.example/book"}, {"HOME", "/h"}}, ""},
        {"/s/a.db", {{"XMPPFED_STORE", "postgresql://db.example/book"}}, "/s/a.db"},
        {"./postgresql://db.example/book", {}, "D/./postgresql://db.example/book"},
        {"./service=book", {}, "D/./service=book"},
        {"a:b.db", {}, "D/a:b.db"},
        {"x/my-service=a", {}, "D/x/my-service=a"},
        {"://a", {}, "D/://a"},
        {"1a://b", {}, "D/1a://b"},
        {"+a://b", {}, "D/+a://b"},
        {"a_b://c", {}, "D/a_b://c"},
        {"d/a://b", {}, "D/d/a://b"},
        {"\u00e4://b", {}, "D/\u00e4://b"},
        {"/s/a://b", {}, "/s/a://b"},
        {{}, {{"XMPPFED_STORE", "/e/a://b"}}, "/e/a://b"},
    };
    for (const auto& [option, environment, expected] : rows) {
        TestWorld world;
        world.environment = environment;
        test::StringOutput out;
        test::StringOutput err;
        std::string path;
        const auto error = test::error_of(
            [&, &option = option] { path = cli::store_setting(world.world(out, err), {}, option).value; });
        INFO(option.value_or("-") << " " << expected);
        CHECK(path == (expected.starts_with("D/") ? world.directory / expected.substr(2) : expected));
        CHECK(error.message.empty() == !expected.empty());
        CHECK(error.kind == core::ErrorKind::usage);
        CHECK((error.message.empty() || !error.hints.empty()));
    }
}

TEST_CASE("without any place for the store a command is a usage error, and says how to name one") {
    TestWorld world;
    world.environment.clear();
    for (const auto* line : {"partner list", "partner new --primary a.example", "store init", "store info", "history",
                             "partner new --primary a.example --dry-run"}) {
        INFO(line);
        const auto result = world.run(line);
        CHECK(result.code == 2);
        CHECK_THAT(result.err, Catch::Matchers::Contains("--store"));
    }
    CHECK(world.run("partner explain --preset strict").code == 0);
    CHECK(world.run("partner list --store a.db").code == 0);
}

TEST_CASE("an address with a password, or one that leads nowhere, is refused, and leaves nothing behind") {
    const std::vector<std::string> lines{"partner new --primary a.example",
                                         "partner list",
                                         "store init",
                                         "store info",
                                         "edge show",
                                         "config",
                                         "history"};
    for (const auto& line : lines) {
        INFO(line);
        TestWorld world;
        world.environment["XMPPFED_STORE"] = "postgresql://joe:hunter2@db.example/book";
        const auto from_environment = world.run(line);
        CHECK(from_environment.code == 2);
        CHECK_THAT(from_environment.err, Catch::Matchers::Contains("XMPPFED_STORE has a password in it"));
        CHECK_THAT(from_environment.err, !Catch::Matchers::Contains("hunter2"));
        const auto from_option = world.run(line + " --store mysql://joe:hunter2@db.example/book");
        CHECK(from_option.code == 2);
        CHECK_THAT(from_option.err, Catch::Matchers::Contains("--store begins with 'mysql://'"));
        CHECK_THAT(from_option.err, Catch::Matchers::Contains("write ./ before the name"));
        CHECK_THAT(from_option.err, !Catch::Matchers::Contains("hunter2"));
        CHECK(world.directory.names().empty());
    }
}

TEST_CASE("a setting names what decided it") {
    struct Row {
        std::map<std::string, std::string> environment;
        std::string_view source;
        std::string_view value;
    };
    TestWorld world;
    test::StringOutput out;
    test::StringOutput err;
    const auto in = [&](const Row& row) {
        world.environment = row.environment;
        return world.world(out, err);
    };
    const auto is = [](const cli::Setting& setting, const Row& row) {
        return setting.source == row.source && setting.value == row.value;
    };
    for (const Row& row : std::vector<Row>{{{{"XMPPFED_STORE", "/e/b.db"}}, "XMPPFED_STORE", "/e/b.db"},
                                           {{{"XDG_DATA_HOME", "/x"}}, "XDG_DATA_HOME", "/x/xmppfed/store.db"},
                                           {{{"HOME", "/h"}}, "default", "/h/.local/share/xmppfed/store.db"}}) {
        CHECK(is(cli::store_setting(in(row), {}, {}), row));
        CHECK(cli::store_setting(in(row), {}, "/o.db").source == "--store");
    }
    for (const Row& row : std::vector<Row>{{{{"TMPDIR", "/t"}}, "TMPDIR", "/t"},
                                           {{{"TMPDIR", ""}}, "default", "/var/tmp"},
                                           {{}, "default", "/var/tmp"}}) {
        CHECK(is(cli::temporary_directory_setting(in(row)), row));
    }
    for (const Row& row : std::vector<Row>{{{{"NO_COLOR", "1"}, {"TERM", "dumb"}}, "NO_COLOR", "never"},
                                           {{{"NO_COLOR", ""}, {"TERM", "dumb"}}, "TERM", "never"},
                                           {{{"TERM", "xterm"}}, "terminal", "always"}}) {
        CHECK(is(cli::color_setting(in(row), {}, {}, /*is_terminal=*/true), row));
        CHECK(cli::color_setting(in(row), {}, {}, /*is_terminal=*/false).value == "never");
        CHECK(is(cli::color_setting(in(row), {}, cli::ColorMode::always, /*is_terminal=*/false),
                 {{}, "--color", "always"}));
        CHECK(
            is(cli::color_setting(in(row), {}, cli::ColorMode::never, /*is_terminal=*/true), {{}, "--color", "never"}));
    }
}

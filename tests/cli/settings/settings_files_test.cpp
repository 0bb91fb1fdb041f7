#include "cli/settings/settings_files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/settings/settings.hpp"
#include "tests/support/outputs.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using cli::SettingKey;
using cli::SettingsFiles;
using test::TestWorld;

namespace {

/// A world with a home.
struct Home : TestWorld {
    Home() {
        environment["HOME"] = directory.path();
        std::filesystem::create_directories(directory / ".config/xmppfed");
    }
    [[nodiscard]] std::string user_file() const { return directory / ".config/xmppfed/config.json"; }

    [[nodiscard]] SettingsFiles files() {
        test::StringOutput out;
        test::StringOutput err;
        return SettingsFiles{world(out, err)};
    }
};

core::Error problem_of(const SettingsFiles& files) {
    return test::error_of([&] { files.require_sound(); });
}

}  // namespace

TEST_CASE("the user's settings go before the machine's, key by key") {
    Home home;
    CHECK_NOTHROW(home.files().require_sound());
    CHECK(home.files().find(SettingKey::store) == nullptr);
    test::write_file(home.settings_file(), R"({"wait": 30, "host": "edge1", "resolver": ["192.0.2.1", "::1"]})");
    test::write_file(home.user_file(), R"({"wait": 1e1, "resolver": "127.0.0.1:5353"})");
    const auto files = home.files();
    CHECK_NOTHROW(files.require_sound());
    CHECK(files.number(SettingKey::wait) == 10);
    CHECK(files.find(SettingKey::wait)->file == home.user_file());
    CHECK(files.list(SettingKey::resolver) == std::vector<std::string>{"127.0.0.1:5353"});
    CHECK(files.find(SettingKey::host)->file == home.settings_file());
    CHECK_FALSE(files.number(SettingKey::warn_days));
    CHECK(files.list(SettingKey::ca_file).empty());
}

TEST_CASE("an empty list of the user takes the machine's away") {
    Home home;
    test::write_file(home.settings_file(), R"({"resolver": "192.0.2.1"})");
    test::write_file(home.user_file(), R"({"resolver": []})");
    CHECK(home.files().list(SettingKey::resolver).empty());
    CHECK(home.files().find(SettingKey::resolver)->file == home.user_file());
}

TEST_CASE("the user's settings are below XDG_CONFIG_HOME, when it is an absolute path") {
    Home home;
    test::write_file(home.user_file(), R"({"host": "home"})");
    std::filesystem::create_directories(home.directory / "config/xmppfed");
    test::write_file(home.directory / "config/xmppfed/config.json", R"({"host": "xdg"})");
    CHECK(home.files().find(SettingKey::host)->texts.front() == "home");
    for (const auto* useless : {"", "config"}) {
        home.environment["XDG_CONFIG_HOME"] = useless;
        CHECK(home.files().find(SettingKey::host)->texts.front() == "home");
    }
    home.environment["XDG_CONFIG_HOME"] = home.directory / "config";
    CHECK(home.files().find(SettingKey::host)->texts.front() == "xdg");
    home.environment.clear();
    CHECK(home.files().find(SettingKey::host) == nullptr);
}

TEST_CASE("what is wrong with a settings file is told with line and column, and never with the value") {
    struct Row {
        std::string text;
        std::int64_t line;
        std::int64_t column;
        std::string message;
    };
    const std::vector<Row> rows{
        {"", 1, 1, "no JSON"},
        {"{\n \"wait\": 1,\n}", 3, 1, "no JSON"},
        {"[]", 1, 1, "an object"},
        {"{} {}", 1, 4, "something follows"},
        {"{\"stroe\": \"/a\"}", 1, 2, "'stroe' is unknown"},
        {"{\"store\": \"service=a\\u0000b\"}", 1, 11, "store must be"},
        {"{\"wait\": 1,\n\n  \"wait\": 1}", 3, 3, "'wait' is repeated"},
        {"{\"wait\": 1.5}", 1, 10, "wait must be a number of seconds from 0 to 86400, not a fraction"},
        {"{\"wait\": 86401}", 1, 10, "wait must be"},
        {"{\"wait\": -1}", 1, 10, "wait must be"},
        {"{\"warn_days\": 99999999999999999999999}", 1, 15, "warn_days must be"},
        {"{\"store\": \"secret.db\"}", 1, 11, "store must be an absolute path"},
        {"{\"store\": \"/a\\u0000secret\"}", 1, 11, "store must be an absolute path"},
        {"{\"store\": [\"/secret\"]}", 1, 11, "not an array"},
        {"{\"color\": \"secret\"}", 1, 11, "color must be auto, always or never"},
        {"{\"resolver\": [\"::1\", \"secret\"]}", 1, 22, "resolver must be an IP address"},
        {"{\"ca_file\": [\"secret.pem\"]}", 1, 14, "ca_file must be an absolute path"},
        {"{\"host\": \"sec\\nret\"}", 1, 10, "host must be"},
        {"{\"host\": null}", 1, 10, "not null"},
        {"{\"rendered\": true}", 1, 14, "rendered must be an absolute path"},
        {"\xff\xfe{\x00", 1, 1, "UTF-16"},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        Home home;
        test::write_file(home.user_file(), row.text);
        const auto error = problem_of(home.files());
        CHECK(error.kind == core::ErrorKind::usage);
        REQUIRE(error.diagnostics.size() == 1);
        const auto& diagnostic = error.diagnostics.front();
        CHECK(diagnostic.file == home.user_file());
        CHECK(diagnostic.line == row.line);
        CHECK(diagnostic.column == row.column);
        CHECK_THAT(diagnostic.message, Catch::Matchers::Contains(row.message));
        CHECK_FALSE(diagnostic.hint.empty());
        CHECK_THAT(error.message, !Catch::Matchers::Contains("secret"));
        CHECK_THAT(error.message, Catch::Matchers::Contains(diagnostic.message));
        CHECK(home.run("config").code == 2);
        CHECK(home.run("partner list -o json").json().at("error").at("code") == "usage");
        for (const auto* line : {"--help", "partner", "--version", "help", "completion bash", "partner list --help"}) {
            CHECK(home.run(line).code == 0);
        }
    }
}

TEST_CASE("a settings file that somebody else decides on is no advice") {
    Home home;
    test::write_file(home.user_file(), "{}");
    ::chmod(home.user_file().c_str(), 0666);
    CHECK(problem_of(home.files()).kind == core::ErrorKind::failed);
    ::chmod(home.user_file().c_str(), 0664);
    CHECK_NOTHROW(home.files().require_sound());
    if (::geteuid() == 0) {
        REQUIRE(::chown(home.user_file().c_str(), 12345, 0) == 0);
        const auto error = problem_of(home.files());
        CHECK(error.kind == core::ErrorKind::failed);
        CHECK_THAT(error.message, Catch::Matchers::Contains("belongs to user 12345"));
    }
    std::filesystem::remove(home.user_file());
    REQUIRE(::mkfifo(home.user_file().c_str(), 0600) == 0);
    CHECK(problem_of(home.files()).kind == core::ErrorKind::failed);
}

TEST_CASE("a command takes what no option and no variable says from the settings") {
    Home home;
    home.environment.erase("XMPPFED_STORE");
    test::write_file(home.settings_file(), R"({"store": ")" + (home.directory / "set.db") + R"(", "color": "always"})");
    home.must("partner new --primary a.example -q");
    CHECK(std::filesystem::exists(home.directory / "set.db"));
    CHECK_THAT(home.run("partner list --help").out, Catch::Matchers::Contains("\x1b["));
    CHECK_THAT(home.run("partner list --help --color auto").out, !Catch::Matchers::Contains("\x1b["));
    home.environment["NO_COLOR"] = "1";
    CHECK_THAT(home.run("partner list --help").out, !Catch::Matchers::Contains("\x1b["));
    CHECK_THAT(home.must("__complete partner show ''").out, Catch::Matchers::Contains("a.example"));
    home.environment["XMPPFED_STORE"] = home.store();
    CHECK_THAT(home.must("partner list -o json").out, !Catch::Matchers::Contains("a.example"));
    test::write_file(home.user_file(), "{");
    CHECK(home.must("__complete partner show ''").out.empty());
    CHECK_THAT(home.must("__complete partner sh").out, Catch::Matchers::Contains("show"));
}

TEST_CASE("the address of a database in the settings is refused with its place, and not shown") {
    for (const auto* const address :
         {"mysql://joe@db.example/hunter2", "postgresql://joe:hunter2@db.example/book",
          "postgresql://db.example/book?password=hunter2", "service=book password=hunter2"}) {
        INFO(address);
        Home home;
        home.environment.erase("XMPPFED_STORE");
        test::write_file(home.settings_file(), fmt::format(R"({{"wait": 1,
 "store": "{}"}})",
                                                           address));
        const auto result = home.run("partner list");
        CHECK(result.code == 2);
        CHECK_THAT(result.err, Catch::Matchers::Contains("config.json:2:11: store must be an absolute path, or the "
                                                         "address of a PostgreSQL database without a password"));
        CHECK_THAT(result.err, !Catch::Matchers::Contains("hunter2"));
        CHECK(home.run("partner list --store a.db").code == 2);
    }
    Home home;
    test::write_file(home.settings_file(), R"({"store": "service=book"})");
    CHECK(home.run("partner list --store a.db").code == 0);
}

TEST_CASE("the schema has the keys that settings files may have") {
    const auto schema = core::Json::parse(test::read_file(XMPPFED_SOURCE_DIR "/schemas/json/settings.schema.json"));
    std::vector<std::string_view> keys;
    for (const auto& row : cli::setting_rows()) {
        keys.push_back(row.name);
    }
    std::vector<std::string_view> in_schema;
    for (const auto& [key, value] : schema.at("properties").items()) {
        in_schema.push_back(key);
    }
    CHECK(in_schema == keys);
}

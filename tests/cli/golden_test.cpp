// Characterisation: tests/golden/NAME.cmd holds command lines, NAME.out and NAME.err what they print. With
// XMPPFED_ACCEPT=1 in the environment the two are written anew; look at the difference before you commit it.
//
// A line of a .cmd file is a command line without the program's name, or
//   # …            a remark
//   @sql SQL       written to the store past the program
//   @columns N     standard output is a terminal of that width from here on; 0: none
//   @answer TEXT   what is typed at the next question, on a terminal from here on
//   @file NAME     tests/golden/NAME is copied to the directory of the commands
//   @settings NAME tests/golden/NAME is the machine's settings file from here on
// The commands of a file share a directory, called /tmp/golden in them, and a store; a minute passes before each.

#include <cstdlib>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "tests/support/database_site.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
namespace fs = std::filesystem;

namespace {

const std::string golden_directory = XMPPFED_SOURCE_DIR "/tests/golden/";

struct Transcript {
    std::string out;
    std::string err;
};

/// What the directory of the commands is called in the files, for it has another name each time.
const std::string fixed_directory = "/tmp/golden";

std::string with_other_name(std::string text, const std::string& name, const std::string& other) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + other.size())) {
        text.replace(at, name.size(), other);
    }
    return text;
}

void run_line(test::TestWorld& world, const std::string& line, Transcript& transcript) {
    const auto argument = line.substr(std::min(line.find(' ') + 1, line.size()));
    if (line.empty() || line.starts_with('#')) {
        return;
    }
    if (line.starts_with("@sql ")) {
        test::force_sql(world.store(), argument);
    } else if (line.starts_with("@columns ")) {
        world.terminal.stdout_is_one = argument != "0";
        world.terminal.columns = argument == "0" ? std::nullopt : std::optional{std::stoul(argument)};
    } else if (line.starts_with("@answer ")) {
        world.terminal.stdin_is_one = true;
        world.terminal.stderr_is_one = true;
        world.input.push_back(argument);
    } else if (line.starts_with("@file ")) {
        test::write_file(world.directory / argument, test::read_file(golden_directory + argument));
        fs::permissions(world.directory / argument, fs::perms::owner_read | fs::perms::owner_write);
    } else if (line.starts_with("@settings ")) {
        test::write_file(world.settings_file(), test::read_file(golden_directory + argument));
        fs::permissions(world.settings_file(), fs::perms::owner_read | fs::perms::owner_write);
    } else {
        REQUIRE_FALSE(line.starts_with('@'));
        world.now += std::chrono::minutes{1};
        const auto& directory = world.directory.path();
        const auto result = world.run(with_other_name(line, fixed_directory, directory));
        transcript.out +=
            fmt::format("$ xmppfed {}\n{}", line, with_other_name(result.out, directory, fixed_directory));
        transcript.err += fmt::format("$ xmppfed {}\n{}exit code {}\n", line,
                                      with_other_name(result.err, directory, fixed_directory), result.code);
    }
}

/// The cases that say nothing of a store in a database, and why.
const std::map<std::string_view, std::string_view> for_files_alone{
    {"doctor", "it begins where there is no store"},
    {"errors_json", "it writes to the file past the program"},
    {"render", "it begins where there is no store"},
    {"report", "it begins where there is no store"},
    {"store", "it is about the file and its copies"},
    {"store_damaged", "it writes to the file past the program"},
    {"tables", "the column of roles takes room on a terminal"},
};

/// The store is in the database of the tests, where there is one.
void move_to_database(test::TestWorld& world) {
    test::empty_database();
    world.environment["XDG_DATA_HOME"] = world.directory.path();
    test::site_in_database({.path = {}, .now = world.now})->create(store::Reach::owner);
    world.find_site = [path = world.store()](const store::Location& location) {
        return location.path == path ? test::site_in_database(location) : store::site_of(location);
    };
}

/// Without the column of tables that only a store in a database has.
std::string without_column_of_roles(const std::string& text) {
    std::istringstream lines{text};
    std::string result;
    std::size_t begin = std::string::npos;
    std::size_t width = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("$ ") || line.empty()) {
            begin = std::string::npos;
        } else if (const auto heading = line.find("DB USER"); heading != std::string::npos) {
            begin = heading;
            width = line.find("ACTION") - heading;
        }
        if (begin < line.size()) {
            line.erase(begin, width);
        }
        result += line + "\n";
    }
    return result;
}

/// What a store in a database says otherwise: who was let in, on which host files are and where they go by default, how
/// large it is, and when it was made, which was before the first command.
std::string as_of_file(const std::string& text) {
    static const std::vector<std::pair<std::regex, std::string>> differences{
        {std::regex{R"re(\n *"db_user": "[^"]*",|"db_user":"[^"]*",)re"}, ""},
        {std::regex{"(sequence,commit,at,actor),db_user(,message)"}, "$1$2"},
        {std::regex{R"re((\n[0-9]+,[0-9]+,[-:0-9TZ]+,tester),postgres,)re"}, "$1,"},
        {std::regex{R"re(("host": ?)"edge")re"}, "$1null"},
        {std::regex{"\n  Host: +edge"}, ""},
        {std::regex{"/tmp/golden/xmppfed/certificates"}, "/tmp/golden/certificates"},
        {std::regex{R"re((size bytes: +|"size_bytes": |created at: +)[-:0-9A-Za-z]+)re"}, "$1?"},
    };
    auto same = without_column_of_roles(text);
    for (const auto& [difference, usual] : differences) {
        same = std::regex_replace(same, difference, usual);
    }
    return same;
}

Transcript transcript_of(const fs::path& commands) {
    test::TestWorld world;
    world.environment["NO_COLOR"] = "1";
    if (test::database_address() != nullptr) {
        move_to_database(world);
    }
    Transcript transcript;
    std::istringstream lines{test::read_file(commands)};
    for (std::string line; std::getline(lines, line);) {
        run_line(world, line, transcript);
    }
    return transcript;
}

}  // namespace

TEST_CASE("commands print what they printed before") {
    const char* accept = std::getenv("XMPPFED_ACCEPT");
    std::set<fs::path> cases;
    for (const auto& entry : fs::directory_iterator{golden_directory}) {
        const auto extension = entry.path().extension();
        if (extension == ".cmd") {
            cases.insert(entry.path());
        } else if (extension == ".out" || extension == ".err") {  // what is left of a case that was renamed
            CHECK(fs::exists(fs::path{entry.path()}.replace_extension(".cmd")));
        }
    }
    CHECK(cases.size() >= 12);
    for (auto path : cases) {
        INFO(path.filename().string());
        const bool is_in_database = test::database_address() != nullptr;
        if (is_in_database && for_files_alone.contains(path.stem().string())) {
            continue;
        }
        const auto seen = [&](const std::string& text) { return is_in_database ? as_of_file(text) : text; };
        const auto actual = transcript_of(path);
        const auto out = path.replace_extension(".out").string();
        const auto err = path.replace_extension(".err").string();
        if (accept != nullptr && std::string_view{accept} == "1") {
            test::write_file(out, actual.out);
            test::write_file(err, actual.err);
            continue;
        }
        REQUIRE(fs::exists(out));
        REQUIRE(fs::exists(err));
        CHECK(seen(actual.out) == seen(test::read_file(out)));
        CHECK(seen(actual.err) == seen(test::read_file(err)));
    }
}

// Characterisation: tests/golden/NAME.cmd holds command lines, NAME.out and NAME.err what they print. With
// XMPPFED_ACCEPT=1 in the environment the two are written anew; look at the difference before you commit it.
//
// A line of a .cmd file is a command line without the program's name, or
//   # …            a remark
//   @sql SQL       written to the store past the program
//   @columns N     standard output is a terminal of that width from here on; 0: none
//   @answer TEXT   what is typed at the next question, on a terminal from here on
// The commands of a file share a directory and a store, and a minute passes before each.

#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "tests/support/test_world.hpp"

using namespace xmppfed;
namespace fs = std::filesystem;

namespace {

struct Transcript {
    std::string out;
    std::string err;
};

/// The temporary directory has another name each time.
std::string with_fixed_directory(std::string text, const std::string& directory) {
    for (auto at = text.find(directory); at != std::string::npos; at = text.find(directory)) {
        text.replace(at, directory.size(), "/tmp/golden");
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
    } else {
        REQUIRE_FALSE(line.starts_with('@'));
        world.now += std::chrono::minutes{1};
        const auto result = world.run(line);
        transcript.out +=
            fmt::format("$ xmppfed {}\n{}", line, with_fixed_directory(result.out, world.directory.path()));
        transcript.err += fmt::format("$ xmppfed {}\n{}exit code {}\n", line,
                                      with_fixed_directory(result.err, world.directory.path()), result.code);
    }
}

Transcript transcript_of(const fs::path& commands) {
    test::TestWorld world;
    world.environment["NO_COLOR"] = "1";
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
    for (const auto& entry : fs::directory_iterator{XMPPFED_SOURCE_DIR "/tests/golden"}) {
        if (entry.path().extension() == ".cmd") {
            cases.insert(entry.path());
        } else {  // what is left of a case that was renamed
            CHECK(fs::exists(fs::path{entry.path()}.replace_extension(".cmd")));
        }
    }
    CHECK(cases.size() >= 12);
    for (auto path : cases) {
        INFO(path.filename().string());
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
        CHECK(actual.out == test::read_file(out));
        CHECK(actual.err == test::read_file(err));
    }
}

#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal/world.hpp"
#include "core/text/json/json.hpp"
#include "tests/support/files.hpp"

namespace xmppfed::test {

/// What a command line came to.
struct Result {
    int code = 0;
    std::string out;
    std::string err;

    /// The document on standard output; discarded when it is none.
    [[nodiscard]] core::Json json() const;
};

/// The surroundings of a command under test: nothing of the machine but a directory that is gone at the end.
struct TestWorld {
    TestWorld();

    TemporaryDirectory directory;
    std::chrono::sys_seconds now;  ///< 2026-03-15T09:30:00Z until somebody moves it
    std::map<std::string, std::string> environment;
    std::deque<std::string> input;  ///< lines of standard input
    cli::Terminal terminal;
    std::string actor = "tester";
    std::function<std::unique_ptr<store::Site>(const store::Location&)> find_site = store::site_of;
    bool is_interrupted = false;

    /// Where XMPPFED_STORE leads.
    [[nodiscard]] std::string store() const { return directory / "store.db"; }

    /// The machine's settings file; there is none until a test writes it.
    [[nodiscard]] std::string settings_file() const { return directory / "etc-config.json"; }

    /// The store is one in memory from now on: commands find it by whatever path, and make no file.
    void keep_in_memory();

    [[nodiscard]] cli::World world(cli::Output& out, cli::Output& err);

    /// Runs a command line, split as a shell would.
    Result run(std::string_view line);
    Result run_words(const std::vector<std::string>& words);

    /// The same, and the test fails when the exit code is not 0.
    Result must(std::string_view line);

    /// The next of `input`, which is then gone; none when there is none.
    std::optional<std::string> next_input();

    /// What the store holds, history included, as text to compare.
    [[nodiscard]] std::string state();

    /// The object of a partner in JSON.
    [[nodiscard]] core::Json partner(std::string_view domain);
};

/// The words of a line: blanks separate them, '…' and "…" keep them together, a backslash takes the next character
/// outside single quotes.
[[nodiscard]] std::vector<std::string> split_words(std::string_view line);

/// Runs SQL on a file past the program, with neither CHECK constraints nor foreign keys in the way.
void force_sql(const std::string& path, const std::string& sql);

/// The first value that a query gives, as text.
[[nodiscard]] std::string query_sql(const std::string& path, const std::string& sql);

}  // namespace xmppfed::test

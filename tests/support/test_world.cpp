#include "tests/support/test_world.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/run.hpp"
#include "tests/support/memory_site.hpp"
#include "tests/support/outputs.hpp"

namespace xmppfed::test {

core::Json Result::json() const {
    return core::Json::parse(out, nullptr, false);
}

TestWorld::TestWorld() {
    using namespace std::chrono_literals;
    now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 15} + 9h + 30min;
    environment["XMPPFED_STORE"] = store();
}

void TestWorld::keep_in_memory() {
    find_site = [shelf = std::make_shared<std::optional<MemoryStore>>()](const store::Location& location) {
        return std::make_unique<MemorySite>(shelf, location.now);
    };
}

std::optional<std::string> TestWorld::next_input() {
    if (input.empty()) {
        return std::nullopt;
    }
    auto line = std::move(input.front());
    input.pop_front();
    return line;
}

cli::World TestWorld::world(cli::Output& out, cli::Output& err) {
    return {
        .out = out,
        .err = err,
        .terminal = terminal,
        .now = [this] { return now; },
        .environment = [this](const char* name) -> std::optional<std::string> {
            const auto found = environment.find(name);
            return found == environment.end() ? std::nullopt : std::optional{found->second};
        },
        .actor = [this] { return actor; },
        .current_directory = [this] { return directory.path(); },
        .read_line = [this] { return next_input(); },
        .edit_line =
            [this, &err](std::string_view prompt) {
                err.write(prompt);
                err.flush();
                return next_input();
            },
        .read_secret_line = [this]() -> std::optional<pki::Secret> {
            auto line = next_input();
            return line ? std::optional{pki::Secret{std::move(*line)}} : std::nullopt;
        },
        .host_name = [] { return std::string{"edge"}; },
        .settings_file = settings_file(),
        .interrupted = [this] { return is_interrupted; },
        .find_site = find_site,
    };
}

Result TestWorld::run(std::string_view line) {
    return run_words(split_words(line));
}

Result TestWorld::run_words(const std::vector<std::string>& words) {
    StringOutput out;
    StringOutput err;
    const int code = cli::run(words, world(out, err));
    return {code, out.text(), err.text()};
}

Result TestWorld::must(std::string_view line) {
    auto result = run(line);
    INFO(line << "\n" << result.err);
    REQUIRE(result.code == 0);
    return result;
}

std::string TestWorld::state() {
    return must("partner list -o jsonl").out + must("history --limit 1000000 -o jsonl").out;
}

core::Json TestWorld::partner(std::string_view domain) {
    return run_words({"partner", "show", std::string{domain}, "-o", "json"}).json().at("partner");
}

std::vector<std::string> split_words(std::string_view line) {
    std::vector<std::string> words;
    bool in_word = false;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote == 0 && c == ' ') {
            in_word = false;
            continue;
        }
        if (!in_word) {
            words.emplace_back();
            in_word = true;
        }
        if (c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
            quote = c;
        } else if (c == '\\' && quote != '\'' && i + 1 < line.size()) {
            words.back() += line[++i];
        } else {
            words.back() += c;
        }
    }
    return words;
}

void force_sql(const std::string& path, const std::string& sql) {
    SQLite::Database database{path, SQLite::OPEN_READWRITE};
    database.exec("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF");
    database.exec(sql);
}

std::string query_sql(const std::string& path, const std::string& sql) {
    SQLite::Database database{path, SQLite::OPEN_READONLY};
    SQLite::Statement query{database, sql};
    return query.executeStep() ? query.getColumn(0).getString() : std::string{};
}

}  // namespace xmppfed::test

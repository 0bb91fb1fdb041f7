// What goes to which stream, in which colours, and what happens when a stream fails.

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/run.hpp"
#include "tests/support/outputs.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using Catch::Matchers::Contains;
using test::FailingOutput;
using test::StringOutput;
using test::TestWorld;

namespace {

bool coloured(const std::string& text) {
    return text.find("\x1b[") != std::string::npos;
}

/// Runs a command line whose standard output fails after some bytes.
test::Result run_failing(TestWorld& world, const std::string& line, std::size_t room, int error_number) {
    FailingOutput out{room, error_number};
    StringOutput err;
    const int code = cli::run(test::split_words(line), world.world(out, err));
    CHECK(out.text().size() <= room);
    return {code, out.text(), err.text()};
}

}  // namespace

TEST_CASE("colours follow --color, NO_COLOR, TERM and the terminal, each stream for itself") {
    struct Row {
        const char* option;
        const char* no_color;  ///< null: not set
        const char* term;
        bool out_is_terminal;
        bool err_is_terminal;
        bool out_coloured;
        bool err_coloured;
    };
    const auto row = GENERATE(values<Row>({
        {"", nullptr, "xterm", true, true, true, true},
        {"", nullptr, nullptr, true, true, true, true},
        {"", nullptr, "xterm", true, false, true, false},
        {"", nullptr, "xterm", false, true, false, true},
        {"", nullptr, "xterm", false, false, false, false},
        {"", "", "xterm", true, true, true, true},
        {"", "0", "xterm", true, true, false, false},
        {"", nullptr, "dumb", true, true, false, false},
        {"--color auto", "1", "xterm", true, true, false, false},
        {"--color never", nullptr, "xterm", true, true, false, false},
        {"--color always", nullptr, "xterm", false, false, true, true},
        {"--color always", "1", "dumb", false, false, true, true},
        {"--color always --color never", nullptr, "xterm", true, true, false, false},
    }));
    TestWorld world;
    world.must("partner new --primary a.example --dialback true");
    world.terminal.stdout_is_one = row.out_is_terminal;
    world.terminal.stderr_is_one = row.err_is_terminal;
    if (row.no_color != nullptr) {
        world.environment["NO_COLOR"] = row.no_color;
    }
    if (row.term != nullptr) {
        world.environment["TERM"] = row.term;
    }
    CHECK(coloured(world.run(fmt::format("partner show a.example {}", row.option)).out) == row.out_coloured);
    CHECK(coloured(world.run(fmt::format("partner validate {}", row.option)).out) == row.out_coloured);
    CHECK(coloured(world.run(fmt::format("partner show b.example {}", row.option)).err) == row.err_coloured);
    CHECK(coloured(world.run(fmt::format("partner edit a.example --description x {}", row.option)).err) ==
          row.err_coloured);  // a warning
    for (const auto* format : {"json", "jsonl", "csv"}) {
        CHECK_FALSE(coloured(world.run(fmt::format("partner show a.example -o {} {}", format, row.option)).out));
    }
}

TEST_CASE("data goes to standard output, everything for the person to standard error") {
    TestWorld world;
    const auto made = world.must("partner new --primary a.example --dialback true");
    CHECK_THAT(made.out, Contains("a.example") && !Contains("note:") && !Contains("warning:"));
    CHECK_THAT(made.err, Contains("xmppfed: note: ") && Contains("xmppfed: warning: ") && Contains("hint: "));
    CHECK(world.must("partner list").err.empty());
    const auto failed = world.run("partner show b.example");
    CHECK(failed.out.empty());
    CHECK(failed.err ==
          "xmppfed: error: there is no partner 'b.example'\nhint: `xmppfed partner list` shows all partners\n");
}

TEST_CASE("option --quiet hides no warning that refuses") {
    TestWorld world;
    const std::string warned = "partner new --primary a.example --type federated --tls optional -q";
    CHECK_THAT(world.run(warned + " --strict").err, Contains("[sasl-with-optional-tls]"));
    CHECK(world.must(warned).err.empty());
    test::write_file(world.directory / "m.json", R"({"primary_domain": "b.example", "tls": "optional"})");
    const auto plan = world.run("plan -q --strict --file " + (world.directory / "m.json"));
    CHECK(plan.code == 3);
    CHECK_THAT(plan.err, Contains("[sasl-with-optional-tls]"));
    CHECK(world.must("plan -q --file " + (world.directory / "m.json")).err.empty());
}

TEST_CASE("a failure is a document wherever -o json stands") {
    TestWorld world;
    for (const auto* line : {"-qo json partner show x.example", "partner -qojson show x.example",
                             "partner show x.example -qojson", "partner lst -qo json", "-qojson lst"}) {
        INFO(line);
        CHECK(world.run(line).json().at("kind") == "error");
    }
    CHECK(world.must("-qo json partner list").json().at("kind") == "partner-list");
}

TEST_CASE("a check whose rows are names tells its findings on standard error") {
    TestWorld world;
    world.must("edge set --access-edge sip.contoso.com --sip-domain contoso.com -q");
    world.must("cert request --curve P-256 -q");
    world.must("edge set --add-sip-domain fabrikam.com -q");
    for (const auto* format : {"jsonl", "csv"}) {
        const auto result =
            world.run(fmt::format("cert check {} -o {}", world.directory / "sip.contoso.com.csr", format));
        CHECK(result.code == 3);
        CHECK_THAT(result.err, Contains("[cert-name-missing]"));
    }
}

TEST_CASE("a dry run finds that the store could not be made") {
    TestWorld world;
    test::write_file(world.directory / "file", "");
    for (const auto* options : {"", " --dry-run"}) {
        CHECK(world.run(fmt::format("partner new --primary a.example --store file/x/s.db{}", options)).code == 1);
    }
    CHECK(world.must("partner new --primary a.example --dry-run").code == 0);
    CHECK(world.directory.names() == std::vector<std::string>{"file"});
}

TEST_CASE("findings on many partners name theirs") {
    TestWorld world;
    world.must("partner new --primary a.example --tls optional -q");
    world.must("partner new --primary b.example --tls optional -q");
    CHECK_THAT(world.must("partner validate").out,
               Contains("warning: a.example: ") && Contains("warning: b.example: "));
}

TEST_CASE("a full disk under standard output is a failure, and says when a commit had happened") {
    struct Row {
        const char* line;
        bool committed;
    };
    const auto row = GENERATE(values<Row>({
        {"partner list", false},
        {"partner list -o json", false},
        {"partner list -o jsonl", false},
        {"partner list -o csv", false},
        {"partner show a.example", false},
        {"partner validate", false},
        {"partner explain --preset strict", false},
        {"history", false},
        {"store info", false},
        {"store check -o json", false},
        {"--help", false},
        {"partner new --help", false},
        {"help partner", false},
        {"--version", false},
        {"partner new --primary b.example --dry-run", false},
        {"partner new --primary b.example", true},
        {"partner new --primary b.example -q -o json", true},
        {"partner edit a.example --keepalive false -o csv", true},
        {"partner remove a.example --yes", true},
    }));
    const auto room = GENERATE(std::size_t{0}, std::size_t{10});
    INFO(row.line);
    TestWorld world;
    world.must("partner new --primary a.example");
    const auto before = world.state();
    const auto result = run_failing(world, row.line, room, ENOSPC);
    CHECK(result.code == 1);
    CHECK_THAT(
        result.err,
        Contains(row.committed ? "xmppfed: error: the change was committed, but standard output cannot be "
                                 "written: No space left on device\n"
                               : "xmppfed: error: standard output cannot be written: No space left on device\n"));
    CHECK_THAT(result.err, Contains(row.committed ? "hint: look at it with `xmppfed history`" : "hint: make room"));
    CHECK((world.state() == before) != row.committed);
    CHECK(world.run("store check").code == 0);
}

TEST_CASE("what is done without a commit is done when standard output cannot be written") {
    struct Row {
        const char* line;
        const char* done;
    };
    const auto row = GENERATE(values<Row>({
        {"partner edit a.example --tls required -o json", "nothing had to be changed"},
        {"apply --file {}/m.json", "nothing had to be changed"},
        {"store backup copy.db", "the backup is complete"},
        {"store init --store other.db", "the store is ready"},
        {"store init", "the store is ready"},
    }));
    INFO(row.line);
    TestWorld world;
    world.must("partner new --primary a.example");
    test::write_file(world.directory / "m.json", R"({"primary_domain": "a.example"})");
    const auto line = fmt::format(fmt::runtime(row.line), world.directory.path());
    const auto full = run_failing(world, line, 5, ENOSPC);
    CHECK(full.code == 1);
    CHECK_THAT(full.err, Contains(std::string{row.done} + ", but standard output cannot be written: No space left"));
    (void)std::filesystem::remove(world.directory / "copy.db");
    const auto closed = run_failing(world, line, 5, EPIPE);
    CHECK(closed.code == 0);
    CHECK_THAT(closed.err, !Contains("error"));
    CHECK(world.run("store check").code == 0);
}

TEST_CASE("a pipe that its reader closed ends quietly") {
    struct Row {
        const char* line;
        int code;
    };
    const auto row = GENERATE(values<Row>({
        {"partner list", 1},
        {"partner list -o json", 1},
        {"partner validate", 1},
        {"--help", 1},
        {"partner new --primary b.example --type federated", 0},
        {"partner edit a.example --keepalive false -o json", 0},
        {"partner remove a.example --yes", 0},
        {"partner edit a.example --keepalive false --dry-run -q -o json", 1},
    }));
    INFO(row.line);
    TestWorld world;
    world.must("partner new --primary a.example");
    const auto before = world.state();
    const auto result = run_failing(world, row.line, 5, EPIPE);
    CHECK(result.code == row.code);
    CHECK(result.err.empty());
    CHECK((world.state() == before) == (row.code == 1));
}

TEST_CASE("a failure that cannot be written as JSON is still told") {
    TestWorld world;
    const auto full = run_failing(world, "partner show a.example -o json", 0, ENOSPC);
    CHECK(full.code == 1);
    CHECK_THAT(full.err, Contains("there is no partner 'a.example'") && Contains("standard output cannot be written"));
}

TEST_CASE("standard error may fail, and nothing else changes") {
    for (const int error_number : {ENOSPC, EPIPE}) {
        TestWorld world;
        StringOutput out;
        FailingOutput err{3, error_number};
        CHECK(cli::run({"partner", "new", "--primary", "a.example", "--dialback", "true"}, world.world(out, err)) == 0);
        CHECK_THAT(out.text(), Contains("a.example"));
        CHECK(cli::run({"partner", "new", "--primary", "a.example"}, world.world(out, err)) == 5);
    }
}

TEST_CASE("a failure in the middle of a long list adds no error document") {
    TestWorld world;
    world.must("partner new --primary a.example");
    world.must("partner new --primary b.example");
    test::force_sql(world.store(), "UPDATE partner SET type = 'friend' WHERE primary_domain = 'b.example'");

    /// Lets everything leave at once.
    class Unbuffered : public StringOutput {
      public:
        void write(std::string_view text) override {
            StringOutput::write(text);
            flush();
        }
    } out;
    StringOutput err;
    CHECK(cli::run({"partner", "list", "-o", "json"}, world.world(out, err)) == 1);
    CHECK_THAT(out.text(), Contains("a.example") && !Contains("\"error\""));
    CHECK_THAT(err.text(), Contains("the store is damaged: 'friend' is no value of type"));

    // What has not left yet is replaced by the error.
    const auto buffered = world.run("partner list -o json");
    CHECK(buffered.code == 1);
    CHECK_THAT(buffered.out, !Contains("a.example") && Contains("\"code\": \"failed\""));
}

TEST_CASE("a descriptor takes text in pieces and keeps what is not flushed") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    cli::DescriptorOutput out{ends[1]};
    out.write("first ");
    out.write("second\n");
    out.flush();
    std::array<char, 64> buffer{};
    CHECK(::read(ends[0], buffer.data(), buffer.size()) == 13);
    CHECK_FALSE(out.discard());  // something has left
    out.write("third");
    CHECK_FALSE(out.discard());
    out.flush();

    cli::DescriptorOutput fresh{ends[1]};
    fresh.write("nothing of it");
    CHECK(fresh.discard());
    fresh.flush();
    ::close(ends[1]);
    CHECK(::read(ends[0], buffer.data(), buffer.size()) == 0);  // the end, and nothing before
    ::close(ends[0]);
}

TEST_CASE("a descriptor that fails says why, once") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    ::close(ends[0]);
    auto* former = std::signal(SIGPIPE, SIG_IGN);
    cli::DescriptorOutput out{ends[1]};
    out.write("text");
    try {
        out.flush();
        FAIL("a write to a closed pipe succeeded");
    } catch (const cli::OutputFailure& failure) {
        CHECK(failure.error_number == EPIPE);
        CHECK(failure.reader_is_gone());
    }
    CHECK_NOTHROW(out.flush());
    CHECK_THROWS_AS(out.write(std::string(200000, 'x')), cli::OutputFailure);  // a full buffer leaves by itself
    ::close(ends[1]);
    (void)std::signal(SIGPIPE, former);
}

// A failure of the file system at every step of every changing command: the store holds the old state or, when the
// command says it is done, the new one.

#include <sqlite3.h>
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/support/faulty_vfs.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using test::FaultyVfs;
using test::TestWorld;

namespace {

struct Change {
    const char* before;  ///< commands that make the old state, separated by semicolons
    const char* line;
    int fewest_points;  ///< fewer places to fail would mean that the test has lost its grip
};

/// Ways to fail: every kind of damage with an I/O error, and a full disk, which writes nothing.
const std::vector<FaultyVfs::Fault>& ways() {
    static const auto all = [] {
        std::vector<FaultyVfs::Fault> result;
        for (const bool sticky : {false, true}) {
            using Damage = FaultyVfs::Damage;
            for (const auto damage : {Damage::none, Damage::torn, Damage::done}) {
                result.push_back({.code = SQLITE_IOERR, .sticky = sticky, .damage = damage});
            }
            result.push_back({.code = SQLITE_FULL, .sticky = sticky});
        }
        return result;
    }();
    return all;
}

/// The line with the path of a manifest in place of MANIFEST.
std::string line_of(const TestWorld& world, const Change& change) {
    std::string line = change.line;
    if (const auto at = line.find("MANIFEST"); at != std::string::npos) {
        const auto path = world.directory / "manifest.jsonl";
        test::write_file(path,
                         "{\"primary_domain\":\"a.example\",\"additional_domains\":[\"y.a.example\"]}\n"
                         "{\"primary_domain\":\"c.example\",\"additional_domains\":[\"x.a.example\"]}\n");
        line.replace(at, std::string_view{"MANIFEST"}.size(), path);
    }
    return line;
}

void prepare(TestWorld& world, const Change& change) {
    for (std::string_view rest = change.before; !rest.empty();) {
        const auto end = std::min(rest.find(';'), rest.size());
        world.must(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

/// A world that begins with the store of another; without one when that has none.
struct Copy : TestWorld {
    explicit Copy(const TestWorld& other) {
        if (std::filesystem::exists(other.store())) {
            std::filesystem::copy_file(other.store(), store());
        }
    }
};

/// Fails the first operation on files, then the second, until one run gets through.
void check_fault(const Change& change, FaultyVfs::Fault fault) {
    TestWorld before;
    prepare(before, change);
    const auto old_state = before.state();
    Copy after{before};
    after.must(line_of(after, change));
    const auto new_state = after.state();
    FaultyVfs faults;
    int points = 0;
    for (bool untouched = false; !untouched; ++points) {
        REQUIRE(points < 500);
        Copy world{before};
        fault.operation = points + 1;
        faults.arm(fault);
        const auto result = world.run(line_of(world, change));
        untouched = !faults.struck();
        INFO(change.line << ", " << faults.what() << ", way " << fault.code << fault.sticky
                         << static_cast<int>(fault.damage) << "\n"
                         << result.err);
        faults.disarm();

        const auto state = world.state();
        if (result.code == 0) {
            CHECK(state == new_state);
        } else {
            CHECK_FALSE(untouched);
            CHECK(result.code == 1);
            CHECK_THAT(result.err, Catch::Matchers::StartsWith("xmppfed: error: cannot "));
            // Only an operation that was done although it failed may have finished the commit.
            const bool finished = fault.damage == FaultyVfs::Damage::done && state == new_state;
            CHECK((state == old_state || finished));
        }
        const auto check = world.run("store check");
        CHECK((check.code == 0 || (check.code == 4 && state == old_state)));  // 4: the store was never made
        world.must("partner new --primary last.example");
    }
    CHECK(points > change.fewest_points);
}

void check_faults(const Change& change) {
    check_fault(change, ways()[GENERATE(range(std::size_t{0}, ways().size()))]);
}

constexpr auto book = "partner new --primary a.example --additional x.a.example;partner new --primary b.example";

}  // namespace

// Several test cases, for they take long and CTest runs them side by side.

TEST_CASE("a failing write leaves no store or a whole one") {
    check_faults(GENERATE(values<Change>({
        {"", "partner new --primary c.example --additional x.c.example", 10},
        {"", "apply --file MANIFEST", 10},
        {"", "store init", 10},
    })));
}

TEST_CASE("a failing write leaves the partners as they were or as they are to be") {
    check_faults(GENERATE(values<Change>({
        {book, "partner new --primary c.example --additional x.c.example", 10},
        {book, "partner remove a.example b.example --yes", 10},
    })));
}

TEST_CASE("a failing write leaves the old partner or the new one") {
    check_faults(GENERATE(values<Change>({
        {book, "partner edit a.example --tls optional --add-domain y.a.example --remove-domain x.a.example", 10},
        {book, "partner edit a.example --primary c.example", 10},
    })));
}

TEST_CASE("a failing write leaves all of a manifest or nothing") {
    check_faults({book, "apply --file MANIFEST --prune", 10});
}

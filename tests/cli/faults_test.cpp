// A failure of the file system at every step of every changing command: the store holds the old state or, when the
// command says so, the new one. With XMPPFED_LONG in the environment at every step, else at some of them.

#include <filesystem>

#include <catch2/catch.hpp>

#include "tests/cli/faults.hpp"
#include "tests/support/faulty_vfs.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using test::check_failure;
using test::FaultyVfs;
using test::stride;
using test::TestWorld;
using test::ways_to_fail;

namespace {

struct Change {
    const char* before;  ///< commands that make the old state, separated by semicolons
    const char* line;
    int fewest_points;  ///< fewer places to fail would mean that the test has lost its grip
};

/// The line with the path of a file in place of MANIFEST and DEPLOYMENT.
std::string line_of(const TestWorld& world, const Change& change) {
    std::string line = change.line;
    const auto replace = [&](std::string_view word, const std::string& name, std::string_view content) {
        if (const auto at = line.find(word); at != std::string::npos) {
            test::write_file(world.directory / name, content);
            line.replace(at, word.size(), world.directory / name);
        }
    };
    replace("MANIFEST", "manifest.jsonl",
            "{\"primary_domain\":\"a.example\",\"additional_domains\":[\"y.a.example\"]}\n"
            "{\"primary_domain\":\"c.example\",\"additional_domains\":[\"x.a.example\"]}\n");
    replace("DEPLOYMENT", "partners.json", "[{\"Domain\": \"c.example\"}]");
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

/// Fails one operation on files, then a later one, until a run gets through.
void check_fault(const Change& change, FaultyVfs::Fault fault) {
    TestWorld before;
    prepare(before, change);
    const auto old_state = before.state();
    Copy after{before};
    after.must(line_of(after, change));
    const auto new_state = after.state();
    FaultyVfs faults;
    int operations = 0;
    for (bool untouched = false; !untouched; operations += stride()) {
        REQUIRE(operations < 500);
        Copy world{before};
        fault.operation = operations + 1;
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
            check_failure(result, state, old_state, new_state);
        }
        const auto check = world.run("store check");
        CHECK((check.code == 0 || (check.code == 4 && state == old_state)));  // 4: the store was never made
        world.must("partner new --primary last.example");
    }
    CHECK(operations > change.fewest_points);
}

void check_faults(const Change& change) {
    check_fault(change, ways_to_fail()[GENERATE(range(std::size_t{0}, ways_to_fail().size()))]);
}

constexpr auto book = "partner new --primary a.example --additional x.a.example;partner new --primary b.example";

constexpr auto edited_book = "partner new --primary a.example;partner edit a.example --tls optional";

constexpr auto requested =
    "edge set --access-edge sip.contoso.com --sip-domain contoso.com --organization Contoso --country US;"
    "cert request --format inf --out -";

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
        {book, "partner edit a.example b.example --keepalive false", 10},
    })));
}

TEST_CASE("a failing write leaves all of a manifest or nothing") {
    check_faults(GENERATE(values<Change>({
        {book, "apply --file MANIFEST --prune --yes", 10},
        {book, "partner import DEPLOYMENT", 10},
    })));
}

TEST_CASE("a failing write leaves what there is to go back to, the edge and the gateway") {
    check_faults(GENERATE(values<Change>({
        {edited_book, "partner revert a.example --to 1", 10},
        {edited_book, "undo", 10},
        {book, "edge set --access-edge sip.contoso.com --sip-domain contoso.com", 10},
        {book, "gateway set --connection-limit 1200", 10},
    })));
}

TEST_CASE("a failing write leaves a certificate request as it was or as it is to be") {
    check_faults({requested, "cert cancel 1", 10});
}

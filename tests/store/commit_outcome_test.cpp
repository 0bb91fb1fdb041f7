// What became of a commit that reported an error.

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include "store/site.hpp"
#include "tests/support/faulty_vfs.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

using namespace xmppfed;
using store::CommitEnd;
using test::FaultyVfs;
using test::TemporaryDirectory;

namespace {

core::HistoryEntry entry_of(const std::string& name) {
    core::HistoryEntry entry;
    entry.at = "2026-03-15T09:30:00Z";
    entry.actor = "tester";
    entry.action = "partner.create";
    entry.name = name;
    entry.after = "{}";
    return entry;
}

/// A store in a directory of its own.
struct Bench {
    Bench() {
        test::create_store(where.path);
        test::open_store(where)->write()->commit();
    }

    TemporaryDirectory directory;
    store::Location where{.path = directory / "store.db", .now = test::some_time};
};

struct Ended {
    CommitEnd end;
    bool has_error;
    bool struck;
    std::int64_t revision;  ///< as another process sees it
};

/// Commits an entry while an operation on files fails.
Ended commit_with(FaultyVfs::Fault fault) {
    FaultyVfs faults;
    const Bench bench;
    const auto store = test::open_store(bench.where);
    store::CommitOutcome outcome;
    bool struck = false;
    {
        const auto writer = store->write();
        writer->record(std::vector{entry_of("a.example")});
        faults.arm(fault);
        outcome = writer->try_commit();
        struck = faults.struck();
        faults.disarm();
    }
    return {outcome.end, outcome.error.has_value(), struck, test::open_store(bench.where)->read()->store_revision()};
}

/// The number of the operation that is the last of a commit.
int last_operation() {
    int operation = 1;
    while (commit_with({.operation = operation, .code = SQLITE_IOERR}).struck) {
        REQUIRE(++operation < 100);
    }
    return operation - 1;
}

}  // namespace

TEST_CASE("a commit that reports nothing is durable") {
    const auto ended = commit_with({});
    CHECK(ended.end == CommitEnd::durable);
    CHECK_FALSE(ended.has_error);
    CHECK(ended.revision == 1);
}

TEST_CASE("a commit that reports an error tells whether it stands") {
    const int last = last_operation();
    REQUIRE(last > 4);
    int standing = 0;
    for (int operation = 1; operation <= last; ++operation) {
        for (const auto damage : {FaultyVfs::Damage::none, FaultyVfs::Damage::torn, FaultyVfs::Damage::done}) {
            const auto ended = commit_with({.operation = operation, .code = SQLITE_IOERR, .damage = damage});
            INFO("operation " << operation << ", damage " << static_cast<int>(damage));
            CHECK(ended.has_error);
            CHECK(ended.end == (ended.revision == 1 ? CommitEnd::committed : CommitEnd::not_committed));
            standing += ended.end == CommitEnd::committed ? 1 : 0;
        }
    }
    CHECK(standing == 1);  // the journal is deleted, and that is reported as a failure
}

TEST_CASE("what became of a commit is not known when the store cannot be looked at") {
    const auto ended = commit_with({.operation = last_operation(), .code = SQLITE_IOERR, .sticky = true});
    CHECK(ended.has_error);
    CHECK(ended.end == CommitEnd::unknown);
    CHECK(ended.revision == 0);  // the journal was left, and now that can be read it is played back
}

TEST_CASE("an announcement is recognised too") {
    int standing = 0;
    bool struck = true;
    for (int operation = 1; struck; ++operation) {
        REQUIRE(operation < 100);
        FaultyVfs faults;
        const Bench bench;
        const auto store = test::open_store(bench.where);
        store::CommitOutcome outcome;
        {
            const auto writer = store->write();
            writer->announce_key({"/keys/edge.key", ""}, "2026-03-15T09:30:00Z");
            faults.arm({.operation = operation, .code = SQLITE_IOERR, .damage = FaultyVfs::Damage::done});
            outcome = writer->try_commit();
            struck = faults.struck();
            faults.disarm();
        }
        const bool is_there = !store->read()->unfinished_keys().empty();
        CHECK(outcome.end == (!struck    ? CommitEnd::durable
                              : is_there ? CommitEnd::committed
                                         : CommitEnd::not_committed));
        standing += struck && is_there ? 1 : 0;
    }
    CHECK(standing == 1);
}

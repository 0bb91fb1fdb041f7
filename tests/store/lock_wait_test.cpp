#include "store/lock_wait.hpp"

#include <sqlite3.h>

#include <catch2/catch.hpp>

#include "store/site.hpp"
#include "store/sqlite/connection.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

using namespace xmppfed;
using namespace std::chrono_literals;
using store::LockWait;

TEST_CASE("pauses between two tries grow, and the last ends with the wait") {
    LockWait wait{100ms};
    CHECK(wait.pause(0) == 1ms);
    CHECK(wait.pause(1) == 2ms);
    CHECK(wait.pause(1000) == 50ms);
    wait.spend(70ms);
    CHECK(wait.pause(1000) == 30ms);
    wait.spend(30ms);
    CHECK(wait.pause(0) == 0ms);
}

TEST_CASE("who waited for one lock has less time for the next") {
    LockWait wait{50ms};
    for (int tries = 0; wait.pause(tries) != 0ms; ++tries) {
        wait.spend(wait.pause(tries));
    }
    CHECK(wait.pause(0) == 0ms);
}

TEST_CASE("a clock that jumps, or a sleep that is too long, gives nothing back") {
    LockWait wait{10ms};
    wait.spend(1h);
    CHECK(wait.pause(0) == 0ms);
    CHECK(LockWait{0ms}.pause(0) == 0ms);
    CHECK(LockWait{-1ms}.pause(0) == 0ms);
}

TEST_CASE("a command waits once for all locks that it takes") {
    const test::TemporaryDirectory directory;
    test::create_store(directory / "store.db");
    const auto other = test::open_at_once(directory / "store.db");
    store::SqliteConnection connection{{.path = directory / "store.db", .wait = 1s, .now = test::some_time}};
    const auto time_to_give_up = [&] {
        const auto start = std::chrono::steady_clock::now();
        CHECK_THROWS(connection.guard("write", [&] { connection.database().exec("BEGIN IMMEDIATE"); }));
        return std::chrono::steady_clock::now() - start;
    };
    const auto writer = other->write();
    const auto first = time_to_give_up();
    CHECK(first >= 1s);
    CHECK(time_to_give_up() < first / 2);
}

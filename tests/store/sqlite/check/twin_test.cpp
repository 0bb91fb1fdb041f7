#include "store/sqlite/check/twin.hpp"

#include <cstdio>

#include <catch2/catch.hpp>

#include "store/sqlite/transaction.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;

namespace {

bool has_a_partner(SQLite::Database& database) {
    return database.execAndGet("SELECT count(*) FROM partner").getInt() == 1;
}

}  // namespace

TEST_CASE("a question is asked beside a reader, on a connection that sees the same") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    test::create_store(path);
    test::commit(*test::open_store({.path = path, .now = test::some_time}), {test::partner("a.example")});
    store::SqliteConnection connection{{.path = path, .now = test::some_time}};
    const auto answer = [&] { return store::asked_beside(connection, has_a_partner); };
    SECTION("a reader") {
        const store::SqliteReader reader{connection};
        CHECK(answer().value().get());
    }
    SECTION("a reader of something else") {
        test::force_sql(path, "DELETE FROM claim; DELETE FROM partner");
        const store::SqliteReader reader{connection};
        CHECK_FALSE(answer().value().get());
    }
    SECTION("a failure is kept for who asked") {
        const store::SqliteReader reader{connection};
        auto failing = store::asked_beside(connection, [](auto& database) { return database.exec("nonsense") == 0; });
        CHECK_THROWS_AS(failing.value().get(), SQLite::Exception);
    }
    SECTION("nobody reads: what is there now may be another thing next") {
        CHECK_FALSE(answer());
    }
    SECTION("a writer, whose changes no other connection sees") {
        store::Transaction transaction{connection.database(), "BEGIN IMMEDIATE"};
        connection.database().exec("UPDATE store SET revision = revision + 1");
        CHECK_FALSE(answer());
    }
    SECTION("with a log, in which somebody may commit meanwhile") {
        test::force_sql(path, "PRAGMA journal_mode = WAL");
        const store::SqliteReader reader{connection};
        CHECK_FALSE(answer());
    }
    SECTION("another file is in the place by now") {
        const store::SqliteReader reader{connection};
        REQUIRE(std::rename(path.c_str(), (directory / "moved.db").c_str()) == 0);
        test::create_store(path);
        CHECK_FALSE(answer());
    }
    SECTION("the file has no name any more") {
        const store::SqliteReader reader{connection};
        REQUIRE(std::remove(path.c_str()) == 0);
        CHECK_FALSE(answer());
    }
}

TEST_CASE("nobody looks beside who reads what is in memory") {
    store::SqliteConnection connection{{.path = {}, .now = test::some_time}};
    const store::Transaction transaction{connection.database(), "BEGIN"};
    CHECK_FALSE(store::asked_beside(connection, has_a_partner));
}

#include "store/sqlite/check/integrity.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>

#include "store/sqlite/migrations.hpp"
#include "tests/support/files.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;

namespace {

SQLite::Database empty_store() {
    SQLite::Database database{":memory:", SQLite::OPEN_READWRITE};
    for (const auto& migration : store::migrations()) {
        database.exec(std::string{migration.sql});
    }
    return database;
}

}  // namespace

TEST_CASE("the conditions of a table's constraints are found in its statement") {
    using Conditions = std::vector<std::string_view>;
    CHECK(store::check_conditions("CREATE TABLE t (a TEXT NOT NULL, b INTEGER)").empty());
    CHECK(store::check_conditions(
              "CREATE TABLE t (a CHECK (a IN (1, (2))), b CHECK(b > 0), CONSTRAINT c CHECK\n(a <> b))") ==
          Conditions{"a IN (1, (2))", "b > 0", "a <> b"});
    CHECK(store::check_conditions("CREATE TABLE t (a CHECK (a <> ')' AND a <> 'CHECK ('))") ==
          Conditions{"a <> ')' AND a <> 'CHECK ('"});
    CHECK(store::check_conditions("CREATE TABLE t (a,  -- CHECK (it), don't\n b CHECK (b  -- )\n > 0))") ==
          Conditions{"b  -- )\n > 0"});
    CHECK(store::check_conditions("CREATE TABLE t (CHECKED (a), a CHECK (").empty());
}

TEST_CASE("no constraint of a store is left out") {
    auto database = empty_store();
    SQLite::Statement tables{database,
                             "SELECT sql, (length(sql) - length(replace(sql, 'CHECK', ''))) / length('CHECK') "
                             "FROM sqlite_schema WHERE type = 'table'"};
    std::size_t found = 0;
    while (tables.executeStep()) {
        const auto statement = tables.getColumn(0).getString();
        INFO(statement);
        const auto conditions = store::check_conditions(statement);
        CHECK(conditions.size() == static_cast<std::size_t>(tables.getColumn(1).getInt()));
        found += conditions.size();
    }
    CHECK(found > 40);
}

/// Whether they hold is asked in a query, which may take another way than a check of each row.
TEST_CASE("a row that breaks any constraint is found") {
    auto reference = empty_store();
    const std::optional queries{store::constraint_queries(reference)};
    const auto breach = GENERATE(values<std::string>({
        "INSERT INTO store VALUES (1, -1, '')",
        "INSERT INTO claim VALUES ('', 'a')",
        "INSERT INTO edge VALUES (1, '', '', 2, '', '', '', '', '')",
        "INSERT INTO edge VALUES (1, '', '', 0, '', '', '', '', 'de')",
        "INSERT INTO edge_domain VALUES ('mail', 0, 'a')",
        "INSERT INTO gateway VALUES (1, 0, 1, 1, 1, 1, 1, 0)",
        "INSERT INTO history VALUES (1, 1, '', '', '', '', 'weather', '', NULL, NULL, '{}', NULL, NULL)",
        "INSERT INTO history VALUES (1, 1, '', '', '', '', 'edge', '', NULL, NULL, '[]', NULL, NULL)",
        "INSERT INTO history VALUES (1, 1, '', '', '', '', 'edge', '', NULL, NULL, NULL, NULL, NULL)",
    }));
    auto database = empty_store();
    core::Diagnostics sound;
    store::check_integrity(database, queries, sound);
    CHECK(sound.empty());
    CHECK_THROWS_AS(database.exec(breach), SQLite::Exception);
    database.exec("PRAGMA ignore_check_constraints = ON; " + breach + "; PRAGMA ignore_check_constraints = OFF");
    core::Diagnostics quickly;
    store::check_integrity(database, queries, quickly);
    core::Diagnostics plainly;
    store::check_integrity(database, std::nullopt, plainly);
    REQUIRE(quickly.size() == 1);
    REQUIRE(plainly.size() == 1);
    CHECK(quickly.front().message == plainly.front().message);
    CHECK(quickly.front().message.find("CHECK constraint failed") != std::string::npos);
}

TEST_CASE("a broken constraint is found on a connection that may not write") {
    const test::TemporaryDirectory directory;
    const auto path = directory / "store.db";
    auto reference = empty_store();
    const std::optional queries{store::constraint_queries(reference)};
    reference.exec("VACUUM INTO '" + path + "'");
    test::force_sql(path, "PRAGMA ignore_check_constraints = ON; INSERT INTO claim VALUES ('', 'a')");
    SQLite::Database database{path, SQLite::OPEN_READONLY};
    core::Diagnostics diagnostics;
    store::check_integrity(database, queries, diagnostics);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().message == "the database is damaged: CHECK constraint failed in claim");
}

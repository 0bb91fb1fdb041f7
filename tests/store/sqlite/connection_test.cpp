#include "store/sqlite/connection.hpp"

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include "core/text/text.hpp"
#include "store/site.hpp"
#include "store/sqlite/migrations.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"
#include "tests/support/test_world.hpp"

using namespace xmppfed;
using test::TemporaryDirectory;

namespace {

store::Location at(const std::string& path) {
    return {.path = path, .now = test::some_time};
}

bool is_on(SQLite::Database& database, int setting) {
    int value = -1;
    sqlite3_db_config(database.getHandle(), setting, -1, &value);
    return value == 1;
}

/// A store whose schema stands at the version: what an older program left.
void make_old_store(const std::string& path, int version) {
    SQLite::Database database{path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    for (const auto& migration : store::migrations()) {
        if (migration.version <= version) {
            database.exec(std::string{migration.sql});
        }
    }
    database.exec("PRAGMA user_version = " + std::to_string(version));
    database.exec("PRAGMA application_id = 2020438128");
    database.exec("INSERT INTO store (id, revision, created_at) VALUES (1, 7, '2020-01-01T00:00:00Z')");
}

}  // namespace

TEST_CASE("every connection has the settings that a store needs") {
    const TemporaryDirectory directory;
    test::create_store(directory / "store.db");
    store::SqliteConnection connection{at(directory / "store.db")};
    auto& database = connection.database();
    struct Row {
        const char* pragma;
        const char* value;
    };
    const std::vector<Row> rows{
        {"foreign_keys", "1"}, {"journal_mode", "delete"}, {"trusted_schema", "0"},    {"cell_size_check", "1"},
        {"temp_store", "2"},   {"writable_schema", "0"},   {"locking_mode", "normal"},
    };
    for (const auto& [pragma, value] : rows) {
        INFO(pragma);
        CHECK(database.execAndGet("PRAGMA " + std::string{pragma}).getString() == value);
    }
    connection.prepare_to_write();
    CHECK(database.execAndGet("PRAGMA synchronous").getInt() == 3);
    SQLite::Statement mmap{database, "PRAGMA mmap_size"};  // no row where the build has no memory mapping
    CHECK((!mmap.executeStep() || mmap.getColumn(0).getInt64() == 0));
    CHECK(is_on(database, SQLITE_DBCONFIG_DEFENSIVE));
    CHECK_FALSE(is_on(database, SQLITE_DBCONFIG_ENABLE_TRIGGER));
    CHECK_FALSE(is_on(database, SQLITE_DBCONFIG_ENABLE_VIEW));
    CHECK_FALSE(is_on(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA));
}

TEST_CASE("the file says whose it is") {
    const TemporaryDirectory directory;
    test::create_store(directory / "store.db");
    test::open_store(at(directory / "store.db"))->write()->commit();
    constexpr std::size_t application_id_offset = 68;  // https://www.sqlite.org/fileformat2.html
    CHECK(test::read_file(directory / "store.db").substr(application_id_offset, 4) == "xmpp");
    CHECK(test::query_sql(directory / "store.db", "PRAGMA user_version") ==
          std::to_string(store::migrations().back().version));
}

TEST_CASE("the migrations are numbered from 1 without gaps") {
    int expected = 1;
    for (const auto& migration : store::migrations()) {
        CHECK(migration.version == expected++);
        CHECK_FALSE(migration.name.empty());
        CHECK_FALSE(migration.sql.empty());
    }
    CHECK(expected > 1);
}

TEST_CASE("a store of any older version is brought up to date and keeps what it has") {
    const auto version = GENERATE(range(1, static_cast<int>(store::migrations().size()) + 1));
    const TemporaryDirectory directory;
    make_old_store(directory / "store.db", version);
    const auto store = test::open_store(at(directory / "store.db"));
    const auto summary = store->read()->summary();  // a reader is enough
    CHECK(summary.schema_version == store::migrations().back().version);
    CHECK(summary.store_revision == 7);
    CHECK(summary.created_at == "2020-01-01T00:00:00Z");
    CHECK(test::query_sql(directory / "store.db", "PRAGMA user_version") ==
          std::to_string(store::migrations().back().version));
}

TEST_CASE("the places of keys in a store of any older version stay") {
    const auto version = GENERATE(range(2, static_cast<int>(store::migrations().size())));
    const TemporaryDirectory directory;
    make_old_store(directory / "store.db", version);
    test::force_sql(directory / "store.db",
                    "INSERT INTO unfinished_key (key_file, at) VALUES ('/a.key', ''), ('/b/', '')");
    const auto store = test::open_store(at(directory / "store.db"));
    CHECK(store->read()->unfinished_keys() == std::vector<store::KeyPlace>{{"/a.key", ""}, {"/b/", ""}});
}

TEST_CASE("the history of a store of any older version stays as it is, octet by octet") {
    const auto version = GENERATE(range(1, static_cast<int>(store::migrations().size())));
    const TemporaryDirectory directory;
    const auto path = directory / "store.db";
    make_old_store(path, version);
    constexpr int first_with_checksums = 4;
    const std::string columns =
        "sequence, store_revision, at, actor, message, action, subject, name, former_name, before, after";
    const auto with_checksum = version < first_with_checksums ? columns : columns + ", checksum";
    {
        SQLite::Database database{path, SQLite::OPEN_READWRITE};
        const auto insert = [&](const std::string& row, const std::string& checksum) {
            database.exec("INSERT INTO history (" + with_checksum + ") VALUES (" + row +
                          (version < first_with_checksums ? ")" : ", " + checksum + ")"));
        };
        insert(
            "3, 2, '2020-01-01T00:00:00Z', 'ann', 'why\n\U0001F600', 'edge.update', 'edge', 'edge', NULL, NULL, '{ }'",
            "NULL");
        insert(
            "7, 5, 'then', '', '', 'partner.rename', 'partner', 'b.example', 'a.example', '{\"b\":1,\"a\":  2}', '{}'",
            "-9223372036854775808");
        insert("8, 5, '', '', '', 'cert.request', 'cert-request', '1', NULL, NULL, '{\"number\":1e0}'", "4294967295");
    }
    const auto rows = [&](const std::string& names) {
        std::string quoted;
        for (const auto& name : core::split(names, ',')) {
            quoted += (quoted.empty() ? "quote(" : " || quote(") + name + ")";
        }
        return test::query_sql(path,
                               "SELECT group_concat(" + quoted + ", ';') FROM (SELECT * FROM history ORDER BY 1)");
    };
    const auto before = rows(with_checksum);
    REQUIRE_THAT(before, Catch::Matchers::Contains("1e0"));
    (void)test::open_store(at(path))->read()->summary();
    CHECK(rows(with_checksum) == before);
    CHECK(test::query_sql(path, "SELECT count(*) FROM history WHERE checksum IS NOT NULL") ==
          (version < first_with_checksums ? "0" : "2"));
    CHECK(test::query_sql(path, "SELECT count(*) FROM sqlite_schema WHERE tbl_name = 'history'") == "3");
}

TEST_CASE("certificate requests of any older version stay as they are, and so do their checksums") {
    const auto version = GENERATE(range(2, static_cast<int>(store::migrations().size())));
    const TemporaryDirectory directory;
    const auto path = directory / "store.db";
    make_old_store(path, version);
    constexpr int first_with_certificates = 3;
    constexpr int first_with_checksums = 4;
    std::string columns =
        "number, state, subject, names, key_algorithm, key_bits, key_curve, csr, csr_file, key_file, friendly_name, "
        "template, exportable, created_at";
    std::string values =
        "3, 'cancelled', '{\"C\":  1e0}', '[ ]', 'rsa', 2048, '', 'CSR', NULL, '/k', 'a\nb', NULL, 0, ''";
    if (version >= first_with_certificates) {
        columns += ", basis, renews, certificate, assigned_at, directory";
        values += ", '{ }', 2, '{}', 'then', '/d'";
    }
    if (version >= first_with_checksums) {
        columns += ", checksum";
        values += ", -9223372036854775808";
    }
    SQLite::Database{path, SQLite::OPEN_READWRITE}.exec("INSERT INTO cert_request (" + columns + ") VALUES (" + values +
                                                        ")");
    const auto row = [&] {
        std::string quoted;
        for (const auto& name : core::split(columns, ',')) {
            quoted += (quoted.empty() ? "quote(" : " || quote(") + name + ")";
        }
        return test::query_sql(path, "SELECT " + quoted + " FROM cert_request");
    };
    const auto before = row();
    REQUIRE_THAT(before, Catch::Matchers::Contains("1e0"));
    (void)test::open_store(at(path))->read()->summary();
    CHECK(row() == before);
    CHECK(test::query_sql(path, "SELECT retired_at IS NULL AND retirement_reason IS NULL FROM cert_request") == "1");
    CHECK(test::query_sql(path, "SELECT count(*) FROM sqlite_schema WHERE tbl_name = 'cert_request'") == "2");
}

TEST_CASE("an older store is brought up to date in its copy, and stays as it is") {
    const auto version = GENERATE(range(1, static_cast<int>(store::migrations().size())));
    const TemporaryDirectory directory;
    make_old_store(directory / "old.db", version);
    const auto before = test::read_file(directory / "old.db");
    auto looking = at(directory / "old.db");
    looking.look_only = true;
    test::open_store(looking)->backup(directory / "copy.db");
    CHECK(test::read_file(directory / "old.db") == before);
    CHECK(directory.names() == std::vector<std::string>{"copy.db", "old.db"});
    CHECK(test::query_sql(directory / "copy.db", "PRAGMA user_version") ==
          std::to_string(store::migrations().back().version));
    CHECK(test::open_store(at(directory / "copy.db"))->read()->summary().store_revision == 7);
}

TEST_CASE("a migration that is not committed leaves no trace") {
    const TemporaryDirectory directory;
    test::create_store(directory / "store.db");
    (void)test::open_store(at(directory / "store.db"))->write();
    CHECK(test::read_file(directory / "store.db").empty());
    CHECK(directory.names() == std::vector<std::string>{"store.db"});
}

TEST_CASE("the version is read again under the lock") {
    const TemporaryDirectory directory;
    test::create_store(directory / "store.db");
    store::SqliteConnection early{at(directory / "store.db")};
    CHECK(early.schema_version() == 0);
    test::open_store(at(directory / "store.db"))->write()->commit();
    early.database().exec("BEGIN IMMEDIATE");
    CHECK_NOTHROW(early.migrate());  // would make the tables twice
    early.database().exec("COMMIT");
    CHECK(early.database().execAndGet("SELECT count(*) FROM store").getInt() == 1);
}

TEST_CASE("the schema itself cannot be written") {
    const TemporaryDirectory directory;
    test::create_store(directory / "store.db");
    test::open_store(at(directory / "store.db"))->write()->commit();
    store::SqliteConnection connection{at(directory / "store.db")};
    connection.database().tryExec("PRAGMA writable_schema = ON");
    CHECK(connection.database().tryExec("DELETE FROM sqlite_schema") != SQLITE_OK);
}

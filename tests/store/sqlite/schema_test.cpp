// The constraints of schemas/sql/sqlite: what the database refuses by itself, whoever writes.

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <catch2/catch.hpp>

#include "store/site.hpp"
#include "tests/support/files.hpp"
#include "tests/support/partners.hpp"
#include "tests/support/sites.hpp"

using namespace xmppfed;

namespace {

/// A store with one partner, and a connection to it that knows nothing of ours.
struct Schema {
    Schema() {
        test::create_store(directory / "store.db");
        const auto store = test::open_store({.path = directory / "store.db", .now = test::some_time});
        test::commit(*store, {test::partner("a.example")});
    }
    test::TemporaryDirectory directory;
};

int primary_code(SQLite::Database& database, const std::string& sql) {
    return database.tryExec(sql) & 0xff;
}

const std::vector<std::string> levels{"required", "optional", "not-supported"};

}  // namespace

TEST_CASE("SASL without TLS and no method at all are refused from any shell") {
    Schema schema;
    SQLite::Database database{schema.directory / "store.db", SQLite::OPEN_READWRITE};
    for (const auto& tls : levels) {
        for (const auto& sasl : levels) {
            for (const int dialback : {0, 1}) {
                const bool sound =
                    !(sasl != "not-supported" && tls == "not-supported") && !(sasl == "not-supported" && dialback == 0);
                const auto values = fmt::format("tls = '{}', sasl = '{}', dialback = {}", tls, sasl, dialback);
                INFO(values);
                const auto code = primary_code(database, "UPDATE partner SET " + values);
                CHECK(code == (sound ? SQLITE_OK : SQLITE_CONSTRAINT));
                CHECK(database.tryExec(fmt::format(
                          "INSERT INTO partner (primary_domain, tls, sasl, dialback, description, type, keepalive, "
                          "enabled, revision, created_at, updated_at) SELECT '{}-{}-{}', '{}', '{}', {}, description, "
                          "type, keepalive, enabled, revision, created_at, updated_at FROM partner LIMIT 1",
                          tls, sasl, dialback, tls, sasl, dialback)) == (sound ? SQLITE_OK : SQLITE_CONSTRAINT));
            }
        }
    }
    CHECK(database.execAndGet("SELECT count(*) FROM partner").getInt() == 1 + 11);
}

TEST_CASE("values outside their columns' ranges are refused") {
    Schema schema;
    SQLite::Database database{schema.directory / "store.db", SQLite::OPEN_READWRITE};
    database.exec("PRAGMA foreign_keys = ON");
    const auto sql = GENERATE(values<std::string>({
        "UPDATE partner SET type = 'Federated'",
        "UPDATE partner SET type = ''",
        "UPDATE partner SET type = NULL",
        "UPDATE partner SET tls = 'never'",
        "UPDATE partner SET tls = NULL",
        "UPDATE partner SET sasl = 'Required'",
        "UPDATE partner SET sasl = 1",
        "UPDATE partner SET dialback = 2",
        "UPDATE partner SET dialback = 'true'",
        "UPDATE partner SET dialback = NULL",
        "UPDATE partner SET keepalive = -1",
        "UPDATE partner SET enabled = 2",
        "UPDATE partner SET connection_limit = 0",
        "UPDATE partner SET connection_limit = 4294967296",
        "UPDATE partner SET connection_limit = 'many'",
        "UPDATE partner SET proxy_fqdn = ''",
        "UPDATE partner SET description = NULL",
        "UPDATE partner SET description = printf('%.1025c', 'x')",
        "UPDATE partner SET accepted_warnings = NULL",
        "UPDATE partner SET accepted_warnings = 'domain-own,dialback-unused'",
        "UPDATE partner SET revision = 0",
        "UPDATE partner SET primary_domain = ''",
        "UPDATE partner SET primary_domain = printf('%.254c', 'x')",
        "UPDATE partner SET primary_domain = NULL",
        "UPDATE partner SET created_at = NULL",
        "UPDATE store SET id = 2",
        "UPDATE store SET revision = -1",
        "INSERT INTO store VALUES (2, 0, '')",
        "INSERT INTO store VALUES (1, 0, '')",
        "INSERT INTO claim VALUES ('a.example', 'a.example')",
        "INSERT INTO claim VALUES ('x.example', 'nobody.example')",
        "INSERT INTO claim VALUES ('', 'a.example')",
        "DELETE FROM partner",
        "INSERT INTO gateway VALUES (2, 1, 1, 1, 1, 1, 1, 0)",
        "INSERT INTO gateway VALUES (1, 0, 1, 1, 1, 1, 1, 0)",
        "INSERT INTO gateway VALUES (1, 1, 4294967296, 1, 1, 1, 1, 0)",
        "INSERT INTO gateway VALUES (1, 1, 1, NULL, 1, 1, 1, 0)",
        "INSERT INTO gateway VALUES (1, 1, 1, 1, 'soon', 1, 1, 0)",
        "INSERT INTO gateway VALUES (1, 1, 1, 1, 1, -1, 1, 0)",
        "INSERT INTO gateway VALUES (1, 1, 1, 1, 1, 1, 0, 0)",
        "INSERT INTO gateway VALUES (1, 1, 1, 1, 1, 1, 1, 2)",
        "UPDATE history SET subject = 'weather'",
        "UPDATE history SET before = NULL, after = NULL",
        "UPDATE history SET after = 'text'",
        "UPDATE history SET at = NULL",
        "UPDATE history SET name = NULL",
    }));
    INFO(sql);
    CHECK(primary_code(database, sql) == SQLITE_CONSTRAINT);
}

TEST_CASE("values at the ends of their columns' ranges are accepted") {
    Schema schema;
    SQLite::Database database{schema.directory / "store.db", SQLite::OPEN_READWRITE};
    const auto sql = GENERATE(values<std::string>({
        "UPDATE partner SET type = 'federated'",
        "UPDATE partner SET type = 'public-verified'",
        "UPDATE partner SET connection_limit = 1",
        "UPDATE partner SET connection_limit = 4294967295",
        "UPDATE partner SET description = printf('%.1024c', 'x')",
        "UPDATE partner SET primary_domain = printf('%.253c', 'x')",
        "UPDATE history SET subject = 'edge'",
        "UPDATE history SET subject = 'cert-request'",
        "UPDATE history SET subject = 'gateway'",
        "INSERT INTO gateway VALUES (1, 1, 1, 1, 1, 1, 1, 0)",
        "INSERT INTO gateway VALUES (1, 4294967295, 4294967295, 4294967295, 4294967295, 4294967295, 4294967295, 1)",
    }));
    INFO(sql);
    CHECK(primary_code(database, sql) == SQLITE_OK);
}

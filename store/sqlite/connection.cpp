#include "store/sqlite/connection.hpp"

#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/files/group_access.hpp"
#include "store/files/place.hpp"
#include "store/sqlite/migrations.hpp"

namespace xmppfed::store {

namespace {

constexpr int application_id = 0x786d7070;  // "xmpp": what the file header tells file(1) and us

int pragma(SQLite::Database& database, std::string_view name) {
    return database.execAndGet(fmt::format("PRAGMA {}", name)).getInt();
}

/// Settings of the connection, which SQLite keeps nowhere.
void configure(SQLite::Database& database) {
    auto* handle = database.getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    database.exec("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;");
}

/// SQLite calls it while another connection holds the lock; 0 gives up.
int wait_for_lock(void* wait, int tries) {
    auto& left = *static_cast<LockWait*>(wait);
    const auto pause = left.pause(tries);
    if (pause == LockWait::Duration::zero()) {
        return 0;
    }
    const auto start = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(pause);
    left.spend(std::chrono::steady_clock::now() - start);
    return 1;
}

SQLite::Database open_database(const Location& location, LockWait& wait) {
    const bool in_memory = location.path.empty();
    const int mode = location.look_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE;
    // What links lead to is found once, and judged; SQLite follows none that somebody puts there afterwards.
    SQLite::Database database{in_memory ? ":memory:" : followed(location.path),
                              mode | SQLite::OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW};
    sqlite3_busy_handler(database.getHandle(), wait_for_lock, &wait);
    configure(database);
    return database;
}

}  // namespace

SqliteConnection::SqliteConnection(const Location& location)
    : location_{location}, wait_{std::make_unique<LockWait>(location.wait)}, database_{guard("open", [&] {
          return open_database(location, *wait_);
      })} {}

void SqliteConnection::prepare_to_write() {
    guard("open", [&] { database_.exec("PRAGMA synchronous = EXTRA; PRAGMA cache_size = -8192"); });
}

SqliteConnection SqliteConnection::impatient() const {
    auto location = location_;
    location.wait = {};
    return SqliteConnection{location};
}

int SqliteConnection::schema_version() {
    return pragma(database_, "user_version");
}

bool SqliteConnection::is_newest() {
    return schema_version() == migrations().back().version;
}

void SqliteConnection::verify_identity() {
    const int id = pragma(database_, "application_id");
    const int version = schema_version();
    SQLite::Statement objects{
        database_, "SELECT count(*), count(*) FILTER (WHERE type IN ('trigger', 'view')) FROM sqlite_schema"};
    objects.executeStep();
    const bool empty = objects.getColumn(0).getInt() == 0 && id == 0 && version == 0;
    const auto name = core::quote(location_.path);
    if (!empty && id != application_id) {
        throw core::Error{core::ErrorKind::failed,
                          fmt::format("{} is another application's database, not a store", name)}
            .hint("name the store with --store or XMPPFED_STORE");
    }
    if (version > migrations().back().version) {
        throw core::Error{core::ErrorKind::failed,
                          fmt::format("the store {} has schema version {}; this program knows versions up to {}", name,
                                      version, migrations().back().version)}
            .hint("use the newer xmppfed that wrote it");
    }
    if (objects.getColumn(1).getInt() > 0) {
        throw core::Error{core::ErrorKind::failed,
                          fmt::format("the store {} has triggers or views, which no xmppfed made", name)}
            .hint("find out who added them; `sqlite3 STORE .schema` shows them");
    }
}

void SqliteConnection::migrate() {
    if (schema_version() == 0 && !location_.path.empty()) {
        refuse_to_fill(location_.path);
    }
    for (const auto& migration : migrations()) {
        if (migration.version > schema_version()) {
            database_.exec(std::string{migration.sql});
            database_.exec(fmt::format("PRAGMA user_version = {}", migration.version));
        }
    }
    if (pragma(database_, "application_id") == 0) {
        database_.exec(fmt::format("PRAGMA application_id = {}", application_id));
        SQLite::Statement insert{database_, "INSERT INTO store (id, revision, created_at) VALUES (1, 0, ?)"};
        insert.bind(1, core::timestamp(location_.now));
        insert.exec();
    }
}

core::Error SqliteConnection::failure(std::string_view doing, const SQLite::Exception& exception) const {
    using core::Error;
    using core::ErrorKind;
    constexpr int primary_code = 0xff;
    const auto name = location_.path.empty() ? std::string{"in memory"} : core::quote(location_.path);
    const auto cannot = fmt::format("cannot {} the store {}", doing, name);
    const std::string code = exception.getErrorStr();
    const auto cause = core::escape(code == exception.what() ? code : code + ": " + exception.what());
    switch (exception.getErrorCode() & primary_code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error{ErrorKind::busy, fmt::format("the store {} is locked by another process", name)}.hint(
            "try again, or wait longer with `--wait SECONDS`");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Error{ErrorKind::failed, fmt::format("{} is damaged, or no store at all", name)}.because(cause).hint(
            "bring back a copy that `xmppfed store backup` made, or name the store with --store or XMPPFED_STORE");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: {
        const auto group = hint_at_group(location_.path);
        return Error{ErrorKind::failed, cannot}.because(cause).hint(
            group.empty() ? "check the permissions of the file and of its directory: both must be writable for a change"
                          : group);
    }
    case SQLITE_FULL:
        return Error{ErrorKind::failed, cannot}.because(cause).hint(
            "make room on the file system; nothing was changed");
    default:
        return Error{ErrorKind::failed, cannot}.because(cause);
    }
}

}  // namespace xmppfed::store

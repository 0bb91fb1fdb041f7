#include "store/sqlite/check/twin.hpp"

#include <memory>
#include <system_error>
#include <utility>

#include <sqlite3.h>

#include "core/error.hpp"
#include "store/sqlite/transaction.hpp"

namespace xmppfed::store {

namespace {

bool has_moved(SQLite::Database& database) {
    int moved = 1;
    return sqlite3_file_control(database.getHandle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK ||
           moved != 0;
}

/// A reader on a connection of its own, which sees what the other one sees: nobody commits to a file that both have a
/// lock on. Null where there is no such thing.
class Twin {
  public:
    [[nodiscard]] static std::unique_ptr<Twin> of(SqliteConnection& connection) {
        auto* const handle = connection.database().getHandle();
        if (connection.path().empty() || sqlite3_threadsafe() == 0 ||
            sqlite3_txn_state(handle, "main") != SQLITE_TXN_READ) {
            return nullptr;
        }
        try {
            auto twin = std::make_unique<Twin>(connection);
            auto& database = twin->database();
            const bool has_log = database.execAndGet("PRAGMA journal_mode").getString() == "wal";
            const bool is_same = !has_moved(connection.database()) && !has_moved(database);
            return is_same && !has_log ? std::move(twin) : nullptr;
        } catch (const SQLite::Exception&) {
        } catch (const core::Error&) {
        }
        return nullptr;
    }

    explicit Twin(const SqliteConnection& connection)
        // As that one was opened: on a connection that may not write SQLite asks for no constraint.
        : connection_{connection.impatient()}, transaction_{database(), "BEGIN"} {
        static_cast<void>(connection_.schema_version());  // takes the lock
    }

    [[nodiscard]] SQLite::Database& database() { return connection_.database(); }

  private:
    SqliteConnection connection_;
    Transaction transaction_;
};

}  // namespace

std::optional<std::future<bool>> asked_beside(SqliteConnection& connection,
                                              std::function<bool(SQLite::Database&)> question) {
    auto twin = Twin::of(connection);
    if (!twin) {
        return std::nullopt;
    }
    try {
        return std::async(std::launch::async, [twin = std::move(twin), question = std::move(question)] {
            return question(twin->database());
        });
    } catch (const std::system_error&) {  // no thread is to be had
        return std::nullopt;
    }
}

}  // namespace xmppfed::store

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/error.hpp"
#include "store/location.hpp"
#include "store/lock_wait.hpp"

namespace xmppfed::store {

/// An open database with the settings that a store needs.
class SqliteConnection {
  public:
    /// Opens a file that is there, or a database in memory when the path is empty.
    explicit SqliteConnection(const Location& location);

    [[nodiscard]] SQLite::Database& database() { return database_; }
    [[nodiscard]] const std::string& path() const { return location_.path; }

    /// Refuses a database that is not a store of ours, a newer one, and one with triggers or views. Call it with a lock
    /// held, for the answer holds only as long.
    void verify_identity();

    /// Settings for whoever writes, before the transaction begins. `synchronous=EXTRA` also syncs the directory after the
    /// journal is deleted, without which a power cut could bring an old journal back to life. A reader does without: SQLite
    /// takes the lock and reads the schema for it, and a journal that it plays back may be played back again.
    void prepare_to_write();

    /// Another connection to the same file, which must be there.
    [[nodiscard]] SqliteConnection reopened() const { return SqliteConnection{location_}; }

    /// The same for somebody who waits for nobody.
    [[nodiscard]] SqliteConnection impatient() const;

    /// The schema's version; 0 for an empty database.
    [[nodiscard]] int schema_version();

    /// Whether that is the newest.
    [[nodiscard]] bool is_newest();

    /// Brings an empty or older schema to the newest version. Call it inside a write transaction.
    void migrate();

    /// Runs `work`; what SQLite throws becomes an Error that says what was being done to which store.
    template <class Work>
    decltype(auto) guard(std::string_view doing, Work&& work) const {
        try {
            return std::forward<Work>(work)();
        } catch (const SQLite::Exception& exception) {
            throw failure(doing, exception);
        }
    }

  private:
    [[nodiscard]] core::Error failure(std::string_view doing, const SQLite::Exception& exception) const;

    Location location_;
    std::unique_ptr<LockWait> wait_;  ///< where SQLite finds it, also when the connection moves
    SQLite::Database database_;
};

}  // namespace xmppfed::store

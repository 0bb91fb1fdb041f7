#pragma once

#include <string>

#include "store/postgres/link/connection.hpp"

namespace xmppfed::store {

/// What a transaction is for.
enum class Purpose {
    look,
    read,
    write,
    fill,  ///< write to a store that the transaction under way has made
};

/// A transaction on a store, undone unless it is committed. One at a time on a connection, which must outlive it. All it
/// sets is set for itself, so that a pooler may give the connection to others in between.
class PostgresTransaction {
  public:
    /// Begins it, or, to fill a store, goes on with the one under way. Who writes waits for the lock, and sees all that was committed before he got it. Throws not-found when
    /// there is no store, failed for an older or a newer one, busy when somebody else writes.
    PostgresTransaction(PostgresConnection& connection, Purpose purpose);
    PostgresTransaction(const PostgresTransaction&) = delete;
    PostgresTransaction& operator=(const PostgresTransaction&) = delete;
    ~PostgresTransaction() { undo(); }

    /// The database's time when it began, and had the lock.
    [[nodiscard]] const std::string& began_at() const { return began_at_; }

    /// Throws a `PostgresFailure`. When that has lost the connection, nobody knows what became of it.
    void commit();
    void undo() noexcept;

  private:
    void begin(Purpose purpose);

    PostgresConnection& connection_;
    std::string began_at_;
    bool open_ = false;
};

/// What to tell of a database that holds no store.
[[nodiscard]] core::Error no_store_in(std::string_view quoted_name);

/// Throws failed for a schema that this program does not work with.
void require_newest(std::string_view quoted_name, std::int64_t version);

}  // namespace xmppfed::store

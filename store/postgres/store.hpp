#pragma once

#include "store/postgres/reader.hpp"

namespace xmppfed::store {

/// The store in a database of PostgreSQL, over one connection.
class PostgresStore : public Store {
  public:
    explicit PostgresStore(SharedConnection connection) : connection_{std::move(connection)} {}

    [[nodiscard]] std::unique_ptr<Spool> spool() override;
    [[nodiscard]] std::unique_ptr<Reader> read() override;
    [[nodiscard]] std::unique_ptr<Writer> write() override;

    /// By the lock that others hold, which everybody may see on the primary server.
    void wait_for_commits() override;

    /// Makes a store in a file of it.
    void backup(const std::string& file) override;

  private:
    SharedConnection connection_;
};

}  // namespace xmppfed::store

#pragma once

#include "store/sqlite/connection.hpp"
#include "store/store.hpp"

namespace xmppfed::store {

/// The store on SQLite, at a file or in memory.
class SqliteStore : public Store {
  public:
    explicit SqliteStore(const Location& location) : connection_{location} {}

    [[nodiscard]] std::unique_ptr<Spool> spool() override;
    [[nodiscard]] std::unique_ptr<Reader> read() override;
    [[nodiscard]] std::unique_ptr<Writer> write() override;
    void backup(const std::string& file) override;
    void refuse_backup() override;

  private:
    SqliteConnection connection_;
};

}  // namespace xmppfed::store

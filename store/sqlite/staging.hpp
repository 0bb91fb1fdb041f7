#pragma once

#include <memory>

#include "store/sqlite/connection.hpp"
#include "store/staging.hpp"

namespace xmppfed::store {

/// Staging in temporary tables of the connection, which SQLite keeps in memory while they are small and in a file
/// without a name when they grow. `connection` must outlive it.
class SqliteStaging : public Staging {
  public:
    explicit SqliteStaging(SqliteConnection& connection);
    SqliteStaging(const SqliteStaging&) = delete;
    SqliteStaging& operator=(const SqliteStaging&) = delete;
    ~SqliteStaging() override;

    void add(const core::Partner& partner, std::string_view places) override;
    void compare(bool unnamed_go) override;
    void visit_pairs(const PairVisitor& visit) override;
    void visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) override;
    [[nodiscard]] std::vector<core::Claim> claims_of_unnamed(std::span<const std::string> domains) override;
    void choose(std::int64_t number, const core::CommittedPartner& partner) override;

  private:
    [[nodiscard]] SQLite::Database& database() { return connection_.database(); }

    SqliteConnection& connection_;
    std::unique_ptr<SQLite::Statement> insert_;
    std::unique_ptr<SQLite::Statement> insert_claim_;
    std::unique_ptr<SQLite::Statement> choose_;
};

/// Replaces or inserts the partners chosen in the connection's staging, with their claims.
void put_chosen_partners(SQLite::Database& database);

}  // namespace xmppfed::store

#pragma once

#include <optional>

#include "store/spool.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/spool.hpp"

namespace xmppfed::store {

/// The two databases side by side, each with its own cursors in the same order. `connection` and `spool` must outlive it.
class SqliteComparison : public Comparison {
  public:
    SqliteComparison(SqliteConnection& connection, SqliteSpool& spool, bool unnamed_go);

    void visit_pairs(const PairVisitor& visit) override;
    void visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) override;
    [[nodiscard]] std::vector<core::Claim> claims_of_unnamed(std::span<const std::string> domains) override;
    void choose(const std::optional<core::CommittedPartner>& before, const core::CommittedPartner& after) override;

    /// Replaces or inserts the partners chosen, with their claims.
    void put_chosen();

  private:
    void find_stored_rivals();

    SqliteConnection& connection_;
    SqliteSpool& spool_;
    std::optional<SQLite::Statement> choose_;
    std::optional<SQLite::Statement> release_;
    std::optional<SQLite::Statement> claim_;
};

}  // namespace xmppfed::store

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/spool.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/many_rows.hpp"
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

    /// Replaces or inserts the partners chosen that are not yet, and the claims of all.
    void put_chosen();

  private:
    void find_stored_rivals();
    void put_claims_of_new(ManyRows& claims);

    SqliteConnection& connection_;
    SqliteSpool& spool_;
    ManyRows chosen_;
    std::optional<SQLite::Statement> release_;
    std::optional<SQLite::Statement> claim_;

    /// Of the spool, what is being visited; the first number is 1.
    struct {
        std::int64_t number = 0;
        std::string name;
    } visited_;

    /// By number, who was chosen and is not in the store: all that it wants is to be claimed, and need not be noted. A bit
    /// each.
    std::vector<bool> is_new_;
};

}  // namespace xmppfed::store

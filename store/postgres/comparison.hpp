#pragma once

#include <string>

#include "store/postgres/reader.hpp"
#include "store/postgres/spool.hpp"

namespace xmppfed::store {

/// A spool that is copied into temporary tables, beside the tables of a transaction that is under way; they go with it.
class PostgresComparison : public Comparison {
  public:
    PostgresComparison(SharedConnection connection, PostgresSpool& spool, bool unnamed_go);

    void visit_pairs(const PairVisitor& visit) override;
    void visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) override;
    [[nodiscard]] std::vector<core::Claim> claims_of_unnamed(std::span<const std::string> domains) override;
    void choose(const std::optional<core::CommittedPartner>& before, const core::CommittedPartner& after) override;

    /// Replaces or inserts the partners chosen, with their claims.
    void put_chosen();

  private:
    /// Rows for a temporary table, which are copied when there are many.
    struct Batch {
        std::string_view table;
        std::string rows = {};
    };

    void find_rivals(bool unnamed_go);
    void copy(Batch& batch);
    template <class Work>
    decltype(auto) compare(Work&& work) {
        return connection_->guard("compare with", Right::viewer, std::forward<Work>(work));
    }

    SharedConnection connection_;
    bool has_rivals_ = false;
    Batch chosen_{"chosen"};
    Batch released_{"released"};
    Batch claimed_{"claimed"};
};

}  // namespace xmppfed::store

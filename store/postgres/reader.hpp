#pragma once

#include <memory>

#include "store/postgres/transaction.hpp"
#include "store/store.hpp"

namespace xmppfed::store {

using SharedConnection = std::shared_ptr<PostgresConnection>;

/// Reads inside one transaction, which makes the view consistent. It waits for nobody.
class PostgresReader : public virtual Reader {
  public:
    PostgresReader(SharedConnection connection, Purpose purpose)
        : connection_{std::move(connection)}, transaction_{*connection_, purpose} {}

    [[nodiscard]] std::optional<std::string> now() override { return transaction_.began_at(); }
    [[nodiscard]] std::optional<core::CommittedPartner> partner(std::string_view primary_domain) override;
    [[nodiscard]] std::vector<core::Claim> claims_on(std::span<const std::string> domains) override;
    [[nodiscard]] std::vector<core::Claim> claims_beginning_with(std::string_view prefix, Domains domains,
                                                                 std::size_t most) override;
    void visit_partners(const PartnerVisitor& visit) override;
    void visit_partners_with_rivals(const RivalryVisitor& visit) override;
    void visit_sorted_partners(const PartnerOrder& order, const PartnerVisitor& visit) override;
    [[nodiscard]] core::Edge edge() override;
    [[nodiscard]] core::Gateway gateway() override;
    [[nodiscard]] std::vector<core::CertRequest> cert_requests() override;
    [[nodiscard]] std::vector<core::CertRequest> retired_cert_requests() override;
    [[nodiscard]] std::optional<core::CertRequest> cert_request(std::int64_t number) override;
    [[nodiscard]] std::int64_t next_request_number() override;
    [[nodiscard]] std::vector<KeyPlace> unfinished_keys() override;
    [[nodiscard]] std::optional<std::string> db_user() override;
    void visit_history(const HistoryQuery& query, const HistoryVisitor& visit) override;
    [[nodiscard]] std::int64_t count_history(const HistoryQuery& query) override;
    void visit_commit(std::int64_t store_revision, const HistoryVisitor& visit) override;
    [[nodiscard]] std::int64_t store_revision() override;
    [[nodiscard]] std::optional<std::int64_t> revision_of(const std::string& commit_id) override;
    [[nodiscard]] std::unique_ptr<Comparison> compare(Spool& spool, bool unnamed_go) override;
    [[nodiscard]] Summary summary() override;
    [[nodiscard]] core::Diagnostics check(const Readable& readable) override;

  protected:
    [[nodiscard]] PostgresConnection& connection() { return *connection_; }
    [[nodiscard]] const SharedConnection& shared_connection() const { return connection_; }
    [[nodiscard]] PostgresTransaction& transaction() { return transaction_; }

    /// Runs `work`, for which the right of a viewer is enough.
    template <class Work>
    decltype(auto) read(Work&& work) const {
        return connection_->guard("read", Right::viewer, std::forward<Work>(work));
    }

  private:
    void visit(const std::string& select, std::span<const Value> parameters, const PartnerVisitor& visit);

    SharedConnection connection_;
    PostgresTransaction transaction_;
};

}  // namespace xmppfed::store

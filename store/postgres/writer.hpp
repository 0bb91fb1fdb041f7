#pragma once

#include "store/postgres/reader.hpp"

namespace xmppfed::store {

/// Writes inside one transaction that holds the write lock from its beginning.
class PostgresWriter : public PostgresReader, public Writer {
  public:
    explicit PostgresWriter(SharedConnection connection, Purpose purpose = Purpose::write)
        : PostgresReader{std::move(connection), purpose} {}

    void remove_partners(std::span<const std::string> primary_domains) override;
    void put_partners(std::span<const core::CommittedPartner> partners) override;
    void put_edge(const core::Edge& edge) override;
    void put_gateway(const core::Gateway& gateway) override;
    void put_cert_request(const core::CertRequest& request) override;
    void announce_key(const KeyPlace& place, std::string_view at) override;
    void forget_key(const KeyPlace& place) override;
    void put_chosen(Comparison& comparison) override;
    std::int64_t record(std::span<const core::HistoryEntry> entries) override;
    void take_over(std::span<const core::HistoryEntry> entries) override;
    void take_over(std::int64_t store_revision, const std::string& created_at) override;
    [[nodiscard]] CommitOutcome try_commit() override;

  private:
    [[nodiscard]] CommitOutcome look_for(const std::string& id, core::Error error);
    void put_domains(std::string_view role, std::span<const std::string> domains);

    /// Runs `work`, which takes this right.
    template <class Work>
    decltype(auto) write(Right right, Work&& work) {
        return connection().guard("write to", right, std::forward<Work>(work));
    }

    std::int64_t store_revision_ = 0;  ///< of what was recorded; 0: nothing yet
    std::int64_t sequence_ = 0;
};

}  // namespace xmppfed::store

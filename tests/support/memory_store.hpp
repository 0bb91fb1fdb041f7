#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace xmppfed::test {

/// All that a partner book holds.
struct Book {
    std::int64_t revision = 0;
    std::string created_at;
    std::map<std::string, core::CommittedPartner> partners;  ///< by primary domain
    std::map<std::string, std::string> claims;               ///< domain to primary domain
    core::Edge edge;
    core::Gateway gateway;
    std::map<std::int64_t, core::CertRequest> requests;
    std::map<store::KeyPlace, std::string> unfinished_keys;  ///< place to time
    std::vector<core::HistoryEntry> history;                 ///< by sequence, from 1
};

/// A store in memory that never fails, as plain as the contract allows: what the others are compared with. Readers and
/// writers may outlive it.
class MemoryStore : public store::Store {
  public:
    explicit MemoryStore(std::chrono::sys_seconds now);

    [[nodiscard]] std::unique_ptr<store::Spool> spool() override;
    [[nodiscard]] std::unique_ptr<store::Reader> read() override;

    /// Throws busy while another writer lives.
    [[nodiscard]] std::unique_ptr<store::Writer> write() override;

    /// Commit by commit to a store that others can open.
    void backup(const std::string& file) override;

    /// What readers and writers share.
    struct Shared {
        std::shared_ptr<const Book> book;
        bool has_writer = false;
    };

    /// Another one of the same book.
    [[nodiscard]] std::unique_ptr<store::Store> another() const;

  private:
    std::chrono::sys_seconds now_;
    std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

}  // namespace xmppfed::test

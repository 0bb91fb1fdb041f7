#pragma once

#include <map>
#include <memory>
#include <optional>

#include <sqlite3.h>

#include "store/sqlite/connection.hpp"
#include "store/sqlite/many_rows.hpp"
#include "store/store.hpp"

namespace xmppfed::store {

/// A transaction of SQLite that is undone unless it is committed. `database` must outlive it.
class Transaction {
  public:
    Transaction(SQLite::Database& database, const char* begin) : database_{database} { database_.exec(begin); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() { undo(); }
    void commit() {
        database_.exec("COMMIT");
        open_ = false;
    }

    /// Whether SQLite has it open still. After a failed commit that means that nothing of it is committed; otherwise it
    /// was ended one way or the other.
    [[nodiscard]] bool is_open() const { return open_ && sqlite3_get_autocommit(database_.getHandle()) == 0; }

    void undo() {
        if (open_) {
            database_.tryExec("ROLLBACK");
            open_ = false;
        }
    }

  private:
    SQLite::Database& database_;
    bool open_ = true;
};

/// Reads inside one transaction, which makes the view consistent.
class SqliteReader : public virtual Reader {
  public:
    explicit SqliteReader(SqliteConnection& connection) : SqliteReader{connection, "BEGIN", "read"} {}

    /// Begins the transaction in another way; `doing` is for the message when that fails.
    SqliteReader(SqliteConnection& connection, const char* begin, std::string_view doing);

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
    void visit_history(const HistoryQuery& query, const HistoryVisitor& visit) override;
    std::int64_t count_history(const HistoryQuery& query) override;
    void visit_commit(std::int64_t store_revision, const HistoryVisitor& visit) override;
    [[nodiscard]] std::int64_t store_revision() override;
    [[nodiscard]] std::unique_ptr<Comparison> compare(Spool& spool, bool unnamed_go) override;
    [[nodiscard]] Summary summary() override;
    [[nodiscard]] core::Diagnostics check(const Readable& readable) override;

  protected:
    [[nodiscard]] SQLite::Database& database() { return connection_.database(); }
    [[nodiscard]] SqliteConnection& connection() { return connection_; }
    [[nodiscard]] Transaction& transaction() { return *transaction_; }

  private:
    SqliteConnection& connection_;
    std::unique_ptr<Transaction> transaction_;
    std::optional<SQLite::Statement> claim_on_;  ///< for who asks once for each partner
};

/// Writes inside one transaction that holds the write lock from its beginning.
class SqliteWriter : public SqliteReader, public Writer {
  public:
    explicit SqliteWriter(SqliteConnection& connection);

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
    [[nodiscard]] CommitEnd look_again();
    [[nodiscard]] bool has_come_to_stay(SqliteConnection& connection) const;
    void put_domains(const std::string& role, const std::vector<std::string>& domains);
    [[nodiscard]] ManyRows& history();
    void put_entry(const core::HistoryEntry& entry);

    bool has_recorded_ = false;
    std::optional<ManyRows> history_;  ///< for who records often

    // What the commit can be recognised by.
    std::optional<core::HistoryEntry> last_entry_;
    std::map<KeyPlace, bool> announced_;  ///< whether a place is to be there
};

}  // namespace xmppfed::store

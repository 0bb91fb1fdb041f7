#include "store/sqlite_store.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "store/migrations.hpp"
#include "store/sqlite_rows.hpp"

namespace xmppfed::store {

namespace {

/// A transaction that is undone unless it is committed.
class Transaction {
  public:
    Transaction(SQLite::Database& database, const char* begin) : database_{database} { database_.exec(begin); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() {
        if (open_) {
            database_.tryExec("ROLLBACK");
        }
    }
    void commit() {
        database_.exec("COMMIT");
        open_ = false;
    }

  private:
    SQLite::Database& database_;
    bool open_ = true;
};

class SqliteReader : public virtual Reader {
  public:
    explicit SqliteReader(SqliteConnection& connection, const char* begin = "BEGIN")
        : connection_{connection}, transaction_{connection.guard(doing(begin), [&] {
              return std::make_unique<Transaction>(database(), begin);
          })} {
        connection_.guard("read", [&] { connection_.verify_identity(); });
    }

    std::optional<core::CommittedPartner> partner(std::string_view primary_domain) override {
        return connection_.guard("read", [&]() -> std::optional<core::CommittedPartner> {
            SQLite::Statement select{database(),
                                     fmt::format("SELECT {} FROM partner WHERE primary_domain = ?", partner_columns)};
            select.bind(1, std::string{primary_domain});
            if (!select.executeStep()) {
                return std::nullopt;
            }
            auto partner = read_partner(select);
            read_additional_domains(partner);
            return partner;
        });
    }

    std::vector<core::Claim> claims_on(std::span<const std::string> domains) override {
        return connection_.guard("read", [&] {
            std::vector<core::Claim> claims;
            SQLite::Statement select{database(), "SELECT partner FROM claim WHERE domain = ?"};
            for (const auto& domain : std::set<std::string_view>(domains.begin(), domains.end())) {
                select.reset();
                select.bind(1, std::string{domain});
                if (select.executeStep()) {
                    claims.push_back({std::string{domain}, select.getColumn(0).getString()});
                }
            }
            return claims;
        });
    }

    /// Walks the partners and their claims side by side: both are ordered by the primary domain.
    void visit_partners(const PartnerVisitor& visit) override {
        connection_.guard("read", [&] {
            SQLite::Statement partners{database(),
                                       fmt::format("SELECT {} FROM partner ORDER BY primary_domain", partner_columns)};
            SQLite::Statement claims{
                database(), "SELECT partner, domain FROM claim WHERE partner <> domain ORDER BY partner, domain"};
            bool more_claims = claims.executeStep();
            while (partners.executeStep()) {
                auto partner = read_partner(partners);
                while (more_claims && claims.getColumn(0).getString() < partner.primary_domain) {
                    more_claims = claims.executeStep();  // a claim without its partner: `check` tells
                }
                while (more_claims && claims.getColumn(0).getString() == partner.primary_domain) {
                    partner.additional_domains.push_back(claims.getColumn(1).getString());
                    more_claims = claims.executeStep();
                }
                if (!visit(partner)) {
                    return;
                }
            }
        });
    }

    void visit_history(const HistoryQuery& query, const HistoryVisitor& visit) override {
        connection_.guard("read", [&] {
            const char* condition =
                query.partner ? "WHERE subject = 'partner' AND (name = ?1 OR former_name = ?1)" : "";
            SQLite::Statement select{
                database(),
                fmt::format("SELECT {} FROM history {} ORDER BY sequence DESC LIMIT ?2", history_columns, condition)};
            if (query.partner) {
                select.bind(1, *query.partner);
            }
            select.bind(2, query.limit.value_or(-1));
            while (select.executeStep() && visit(read_entry(select))) {
            }
        });
    }

    Summary summary() override {
        return connection_.guard("read", [&] {
            const auto count = [&](const char* table) {
                return database().execAndGet(fmt::format("SELECT count(*) FROM {}", table)).getInt64();
            };
            Summary summary;
            summary.schema_version = connection_.schema_version();
            summary.store_revision = revision();
            summary.partners = count("partner");
            summary.history_entries = count("history");
            summary.created_at = database().execAndGet("SELECT created_at FROM store").getString();
            return summary;
        });
    }

    core::Diagnostics check() override {
        return connection_.guard("check", [&] { return check_database(connection_); });
    }

  protected:
    SQLite::Database& database() { return connection_.database(); }
    SqliteConnection& connection() { return connection_; }

    std::int64_t revision() { return database().execAndGet("SELECT revision FROM store").getInt64(); }

    void commit_transaction() { transaction_->commit(); }

  private:
    static std::string_view doing(std::string_view begin) { return begin == "BEGIN" ? "read" : "write"; }

    void read_additional_domains(core::CommittedPartner& partner) {
        SQLite::Statement select{database(),
                                 "SELECT domain FROM claim WHERE partner = ?1 AND domain <> ?1 ORDER BY domain"};
        select.bind(1, partner.primary_domain);
        while (select.executeStep()) {
            partner.additional_domains.push_back(select.getColumn(0).getString());
        }
    }

    SqliteConnection& connection_;
    std::unique_ptr<Transaction> transaction_;
};

class SqliteWriter : public SqliteReader, public Writer {
  public:
    explicit SqliteWriter(SqliteConnection& its_connection) : SqliteReader{its_connection, "BEGIN IMMEDIATE"} {
        connection().guard("set up", [&] { connection().migrate(); });
    }

    void remove_partners(std::span<const std::string> primary_domains) override {
        connection().guard("write to", [&] {
            SQLite::Statement release{database(), "DELETE FROM claim WHERE partner = ?"};
            SQLite::Statement remove{database(), "DELETE FROM partner WHERE primary_domain = ?"};
            for (const auto& domain : primary_domains) {
                run(release, domain);
                run(remove, domain);
            }
        });
    }

    void put_partners(std::span<const core::CommittedPartner> partners) override {
        connection().guard("write to", [&] {
            std::vector<core::Claim> missing;
            SQLite::Statement put{database(), put_sql()};
            for (const auto& partner : partners) {
                put.reset();
                bind_partner(put, partner);
                put.exec();
                release_stale_claims(partner, missing);
            }
            SQLite::Statement claim{database(), "INSERT INTO claim (domain, partner) VALUES (?, ?)"};
            for (const auto& [domain, partner] : missing) {
                run(claim, domain, partner);
            }
        });
    }

    void record(std::span<const core::HistoryEntry> entries) override {
        connection().guard("write to", [&] {
            database().exec("UPDATE store SET revision = revision + 1");
            const auto store_revision = revision();
            auto sequence = database().execAndGet("SELECT coalesce(max(sequence), 0) FROM history").getInt64();
            SQLite::Statement insert{
                database(),
                fmt::format("INSERT INTO history ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", history_columns)};
            for (auto entry : entries) {
                entry.sequence = ++sequence;
                entry.store_revision = store_revision;
                insert.reset();
                bind_entry(insert, entry);
                insert.exec();
            }
        });
    }

    void commit() override {
        connection().guard("commit to", [&] { commit_transaction(); });
    }

  private:
    static std::string put_sql() {
        return fmt::format(
            "INSERT INTO partner ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (primary_domain) DO UPDATE SET description = excluded.description, type = excluded.type, "
            "tls = excluded.tls, sasl = excluded.sasl, dialback = excluded.dialback, proxy_fqdn = excluded.proxy_fqdn, "
            "connection_limit = excluded.connection_limit, keepalive = excluded.keepalive, enabled = excluded.enabled, "
            "revision = excluded.revision, created_at = excluded.created_at, updated_at = excluded.updated_at",
            partner_columns);
    }

    static void run(SQLite::Statement& statement, const auto&... values) {
        statement.reset();
        int index = 0;
        (statement.bind(++index, values), ...);
        statement.exec();
    }

    /// Deletes the claims that the partner no longer makes and notes those that it does not have yet.
    void release_stale_claims(const core::CommittedPartner& partner, std::vector<core::Claim>& missing) {
        const auto domains = core::claimed_domains(partner);
        std::set<std::string> wanted(domains.begin(), domains.end());
        std::vector<std::string> stale;
        SQLite::Statement select{database(), "SELECT domain FROM claim WHERE partner = ?"};
        select.bind(1, partner.primary_domain);
        while (select.executeStep()) {
            if (auto domain = select.getColumn(0).getString(); wanted.erase(domain) == 0) {
                stale.push_back(std::move(domain));
            }
        }
        SQLite::Statement release{database(), "DELETE FROM claim WHERE domain = ?"};
        for (const auto& domain : stale) {
            run(release, domain);
        }
        for (const auto& domain : wanted) {
            missing.push_back({domain, partner.primary_domain});
        }
    }
};

}  // namespace

std::unique_ptr<Reader> SqliteStore::read() {
    auto reader = std::make_unique<SqliteReader>(connection_);
    const auto version = connection_.guard("read", [&] { return connection_.schema_version(); });
    if (version == migrations().back().version) {
        return reader;
    }
    reader.reset();  // an older schema is brought up to date first, once
    write()->commit();
    return std::make_unique<SqliteReader>(connection_);
}

std::unique_ptr<Writer> SqliteStore::write() {
    return std::make_unique<SqliteWriter>(connection_);
}

}  // namespace xmppfed::store

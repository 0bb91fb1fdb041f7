#include <set>

#include <fmt/format.h>

#include "store/sqlite_rows.hpp"
#include "store/sqlite_staging.hpp"
#include "store/sqlite_transaction.hpp"

namespace xmppfed::store {

namespace {

std::string put_sql() {
    return fmt::format("INSERT INTO partner ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) {}", partner_columns,
                       on_same_partner);
}

void run(SQLite::Statement& statement, const auto&... values) {
    statement.reset();
    int index = 0;
    (statement.bind(++index, values), ...);
    statement.exec();
}

}  // namespace

SqliteWriter::SqliteWriter(SqliteConnection& connection) : SqliteReader{connection, "BEGIN IMMEDIATE", "write to"} {
    connection.guard("set up", [&] { connection.migrate(); });
}

void SqliteWriter::remove_partners(std::span<const std::string> primary_domains) {
    connection().guard("write to", [&] {
        SQLite::Statement release{database(), "DELETE FROM claim WHERE partner = ?"};
        SQLite::Statement remove{database(), "DELETE FROM partner WHERE primary_domain = ?"};
        for (const auto& domain : primary_domains) {
            run(release, domain);
            run(remove, domain);
        }
    });
}

void SqliteWriter::put_partners(std::span<const core::CommittedPartner> partners) {
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
        for (const auto& [domain, partner, is_wish] : missing) {
            run(claim, domain, partner);
        }
    });
}

void SqliteWriter::put_edge(const core::Edge& edge) {
    connection().guard("write to", [&] {
        database().exec("DELETE FROM edge; DELETE FROM edge_domain");
        SQLite::Statement put{
            database(), fmt::format("INSERT INTO edge (id, {}) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)", edge_columns)};
        bind_edge(put, edge);
        put.exec();
        put_domains("sip", edge.sip_domains);
        put_domains("xmpp", edge.xmpp_domains.value_or(std::vector<std::string>{}));
    });
}

void SqliteWriter::put_cert_request(const core::CertRequest& request) {
    connection().guard("write to", [&] {
        // Never OR REPLACE, which would delete another request that is in the way of a constraint.
        SQLite::Statement remove{database(), "DELETE FROM cert_request WHERE number = ?"};
        remove.bind(1, request.number);
        remove.exec();
        SQLite::Statement put{database(), fmt::format("INSERT INTO cert_request ({}) VALUES "
                                                      "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                                      request_columns)};
        put_request(put, request);
    });
}

void SqliteWriter::announce_key(const std::string& key_file, std::string_view at) {
    connection().guard("write to", [&] {
        SQLite::Statement put{database(), "INSERT OR REPLACE INTO unfinished_key (key_file, at) VALUES (?, ?)"};
        run(put, key_file, std::string{at});
    });
}

void SqliteWriter::forget_key(const std::string& key_file) {
    connection().guard("write to", [&] {
        SQLite::Statement remove{database(), "DELETE FROM unfinished_key WHERE key_file = ?"};
        run(remove, key_file);
    });
}

std::int64_t SqliteWriter::record(std::span<const core::HistoryEntry> entries) {
    return connection().guard("write to", [&] {
        if (!has_recorded_) {
            database().exec("UPDATE store SET revision = revision + 1");
            has_recorded_ = true;
        }
        const auto store_revision = this->store_revision();
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
        return store_revision;
    });
}

void SqliteWriter::put_chosen() {
    connection().guard("write to", [&] { put_chosen_partners(database()); });
}

void SqliteWriter::commit() {
    connection().guard("commit to", [&] { commit_transaction(); });
}

void SqliteWriter::put_domains(const std::string& role, const std::vector<std::string>& domains) {
    SQLite::Statement put{database(), "INSERT INTO edge_domain (role, position, domain) VALUES (?, ?, ?)"};
    std::int64_t position = 0;
    for (const auto& domain : domains) {
        run(put, role, position++, domain);
    }
}

/// Deletes the claims that the partner no longer makes and notes those that it does not have yet.
void SqliteWriter::release_stale_claims(const core::CommittedPartner& partner, std::vector<core::Claim>& missing) {
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

}  // namespace xmppfed::store

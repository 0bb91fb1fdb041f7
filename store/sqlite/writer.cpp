#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "store/rows/checksum.hpp"
#include "store/sqlite/comparison.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/transaction.hpp"

namespace xmppfed::store {

namespace {

/// The rows of partners. An upsert would have SQLite compile each constraint twice.
void put_rows(SQLite::Database& database, std::span<const core::CommittedPartner> partners) {
    const auto columns = partner_columns();
    const auto but_key = columns.subspan(1);
    SQLite::Statement known{database, "SELECT 1 FROM partner WHERE primary_domain = ?"};
    std::optional<SQLite::Statement> replace;
    ManyRows make{database, insertion("partner", names_of(columns), /*at_once=*/32)};
    for (const auto& partner : partners) {
        known.reset();
        known.bindNoCopy(1, partner.primary_domain);
        if (!known.executeStep()) {
            make.add(columns, partner);
            continue;
        }
        if (!replace) {
            replace.emplace(database, fmt::format("UPDATE partner SET ({}) = ({}) WHERE primary_domain = ?",
                                                  names_of(but_key), parameters(but_key.size())));
        }
        put_row(*replace, row_of(but_key, partner), partner.primary_domain);
    }
    make.finish();
}

/// What differs between the claims that there are and those that are to be.
struct ClaimChanges {
    std::vector<std::string> stale;  ///< domains
    std::vector<core::Claim> missing;
};

ClaimChanges claim_changes(const SQLite::Database& database, std::span<const core::CommittedPartner> partners) {
    SQLite::Statement held{database, "SELECT domain, partner FROM claim WHERE partner = ?"};
    ClaimChanges changes;
    for (const auto& partner : partners) {
        const auto domains = core::claimed_domains(partner);
        std::set<std::string_view> missing{domains.begin(), domains.end()};
        for (auto& claim : claims_in(held, partner.primary_domain)) {
            if (missing.erase(claim.domain) == 0) {
                changes.stale.push_back(std::move(claim.domain));
            }
        }
        for (const auto domain : missing) {
            changes.missing.push_back({std::string{domain}, partner.primary_domain});
        }
    }
    return changes;
}

/// Many rows a statement: SQLite makes the list of a CHECK's IN anew each time that one is run.
Insertion history_insertion() {
    return insertion("history", names_of(history_columns()) + ", checksum", /*at_once=*/50);
}

/// Whom a database let in is on no checksum: only what is taken over from one has it.
void put_database_users(SQLite::Database& database, std::span<const core::HistoryEntry> entries) {
    SQLite::Statement put{database, "UPDATE history SET db_user = ? WHERE sequence = ?"};
    for (const auto& entry : entries) {
        if (entry.db_user) {
            run(put, *entry.db_user, entry.sequence);
        }
    }
}

/// Replaces the one row of a table.
template <class Entity>
void put_only_row(SQLite::Database& database, std::string_view table, std::span<const Column<Entity>> columns,
                  const Entity& entity) {
    database.exec(fmt::format("DELETE FROM {}", table));
    SQLite::Statement put{database, fmt::format("INSERT INTO {} (id, {}) VALUES (1, {})", table, names_of(columns),
                                                parameters(columns.size()))};
    put_row(put, row_of(columns, entity));
}

bool has_entry(Reader& reader, const core::HistoryEntry& wanted) {
    bool found = false;
    reader.visit_commit(wanted.store_revision, [&](const core::HistoryEntry& entry) {
        found = entry == wanted;
        return !found;
    });
    return found;
}

}  // namespace

namespace {

SqliteConnection& prepared(SqliteConnection& connection) {
    connection.prepare_to_write();
    return connection;
}

}  // namespace

SqliteWriter::SqliteWriter(SqliteConnection& connection)
    : SqliteReader{prepared(connection), "BEGIN IMMEDIATE", "write to"} {
    connection.guard("set up", [&] { connection.migrate(); });
}

void SqliteWriter::remove_partners(std::span<const std::string> primary_domains) {
    if (primary_domains.empty()) {
        return;
    }
    connection().guard("write to", [&] {
        const auto names = json_list(primary_domains);
        for (const char* const sql : {"DELETE FROM claim WHERE partner IN (SELECT value FROM json_each(?))",
                                      "DELETE FROM partner WHERE primary_domain IN (SELECT value FROM json_each(?))"}) {
            SQLite::Statement remove{database(), sql};
            run(remove, names);
        }
    });
}

void SqliteWriter::put_partners(std::span<const core::CommittedPartner> partners) {
    if (partners.empty()) {
        return;
    }
    connection().guard("write to", [&] {
        put_rows(database(), partners);
        const auto [stale, missing] = claim_changes(database(), partners);
        if (!stale.empty()) {
            SQLite::Statement release{database(), release_sql};
            for (const auto& domain : stale) {
                run(release, domain);
            }
        }
        ManyRows claims{database(), claim_insertion()};
        for (const auto& claim : missing) {
            claims.add_values(claim.domain, claim.partner);
        }
        claims.finish();
    });
}

void SqliteWriter::put_edge(const core::Edge& edge) {
    connection().guard("write to", [&] {
        database().exec("DELETE FROM edge_domain");
        put_only_row(database(), "edge", edge_columns(), edge);
        put_domains("sip", edge.sip_domains);
        put_domains("xmpp", edge.xmpp_domains.value_or(std::vector<std::string>{}));
    });
}

void SqliteWriter::put_gateway(const core::Gateway& gateway) {
    connection().guard("write to", [&] { put_only_row(database(), "gateway", gateway_columns(), gateway); });
}

void SqliteWriter::put_cert_request(const core::CertRequest& request) {
    connection().guard("write to", [&] {
        // Never OR REPLACE, which would delete another request that is in the way of a constraint.
        SQLite::Statement remove{database(), "DELETE FROM cert_request WHERE number = ?"};
        remove.bind(1, request.number);
        remove.exec();
        const auto columns = request_columns();
        SQLite::Statement put{database(), fmt::format("INSERT INTO cert_request ({}, checksum) VALUES ({})",
                                                      names_of(columns), parameters(columns.size() + 1))};
        const auto row = row_of(columns, request);
        put_row(put, row, checksum_of(row));
    });
}

void SqliteWriter::announce_key(const KeyPlace& place, std::string_view at) {
    connection().guard("write to", [&] {
        SQLite::Statement put{database(),
                              "INSERT OR REPLACE INTO unfinished_key (key_file, host, at) VALUES (?, ?, ?)"};
        run(put, place.path, place.host, std::string{at});
    });
    announced_[place] = true;
}

void SqliteWriter::forget_key(const KeyPlace& place) {
    connection().guard("write to", [&] {
        SQLite::Statement remove{database(), "DELETE FROM unfinished_key WHERE key_file = ? AND host = ?"};
        run(remove, place.path, place.host);
    });
    announced_[place] = false;
}

ManyRows& SqliteWriter::history() {
    return history_ ? *history_ : history_.emplace(database(), history_insertion());
}

void SqliteWriter::put_entry(const core::HistoryEntry& entry) {
    history().add(history_columns(), entry, checksum_of(history_columns(), entry));
}

std::int64_t SqliteWriter::record(std::span<const core::HistoryEntry> entries) {
    return connection().guard("write to", [&] {
        if (!has_recorded_) {
            database().exec("UPDATE store SET revision = revision + 1");
            has_recorded_ = true;
        }
        const auto store_revision = this->store_revision();
        auto sequence = database().execAndGet("SELECT coalesce(max(sequence), 0) FROM history").getInt64();
        core::HistoryEntry numbered;
        for (const auto& entry : entries) {
            numbered = entry;
            numbered.sequence = ++sequence;
            numbered.store_revision = store_revision;
            put_entry(numbered);
        }
        history().finish();
        if (!entries.empty()) {
            last_entry_ = std::move(numbered);
        }
        return store_revision;
    });
}

void SqliteWriter::put_chosen(Comparison& comparison) {
    dynamic_cast<SqliteComparison&>(comparison).put_chosen();
}

void SqliteWriter::take_over(std::span<const core::HistoryEntry> entries) {
    connection().guard("write to", [&] {
        for (const auto& entry : entries) {
            put_entry(entry);
        }
        history().finish();
        put_database_users(database(), entries);
    });
    if (!entries.empty()) {
        last_entry_ = entries.back();
    }
}

void SqliteWriter::take_over(std::int64_t store_revision, const std::string& created_at) {
    connection().guard("write to", [&] {
        SQLite::Statement put{database(), "UPDATE store SET revision = ?, created_at = ?"};
        run(put, store_revision, created_at);
    });
}

CommitOutcome SqliteWriter::try_commit() {
    try {
        connection().guard("commit to", [&] { transaction().commit(); });
        return {};
    } catch (core::Error& error) {
        return {look_again(), std::move(error)};
    }
}

/// SQLite reports an error also when the directory could not be synced after the journal was deleted: then the commit
/// is there. By another connection, for this one trusts its cache no more; and with the lock, so that a journal that was
/// left is played back first and nobody commits meanwhile.
CommitEnd SqliteWriter::look_again() {
    const bool was_open = transaction().is_open();
    transaction().undo();
    if (was_open || connection().path().empty()) {
        return CommitEnd::not_committed;
    }
    try {
        auto fresh = connection().reopened();
        return has_come_to_stay(fresh) ? CommitEnd::committed : CommitEnd::not_committed;
    } catch (const core::Error&) {
        return CommitEnd::unknown;
    }
}

/// By what was written, not by the revision alone: another process may have been next.
bool SqliteWriter::has_come_to_stay(SqliteConnection& connection) const {
    SqliteReader now{connection, "BEGIN IMMEDIATE", "look at"};
    if (!connection.guard("read", [&] { return connection.is_newest(); })) {
        return false;
    }
    if (last_entry_) {
        return has_entry(now, *last_entry_);
    }
    const auto places = now.unfinished_keys();
    return std::ranges::all_of(announced_, [&](const auto& announced) {
        const auto& [place, is_there] = announced;
        return (std::ranges::find(places, place) != places.end()) == is_there;
    });
}

void SqliteWriter::put_domains(const std::string& role, const std::vector<std::string>& domains) {
    SQLite::Statement put{database(), "INSERT INTO edge_domain (role, position, domain) VALUES (?, ?, ?)"};
    std::int64_t position = 0;
    for (const auto& domain : domains) {
        run(put, role, position++, domain);
    }
}

}  // namespace xmppfed::store

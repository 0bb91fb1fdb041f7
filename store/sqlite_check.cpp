#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "store/sqlite_rows.hpp"
#include "store/sqlite_store.hpp"

namespace xmppfed::store {

namespace {

/// Collects what is wrong with the store itself. Such findings belong to no rule.
class Findings {
  public:
    void add(std::string message, const std::string& partner = {}) {
        core::Diagnostic diagnostic;
        diagnostic.partner = core::escape(partner);
        diagnostic.message = std::move(message);
        diagnostic.hint = "bring back a copy that `xmppfed store backup` made, or repair the row";
        findings_.push_back(std::move(diagnostic));
    }
    [[nodiscard]] core::Diagnostics take() && { return std::move(findings_); }

  private:
    core::Diagnostics findings_;
};

/// Pages, indexes and CHECK constraints, as SQLite sees them.
void check_integrity(SQLite::Database& database, Findings& findings) {
    SQLite::Statement check{database, "PRAGMA integrity_check"};
    while (check.executeStep()) {
        if (const auto answer = check.getColumn(0).getString(); answer != "ok") {
            findings.add("the database is damaged: " + core::escape(answer));
        }
    }
}

void check_claims(SQLite::Database& database, Findings& findings) {
    SQLite::Statement orphans{
        database, "SELECT domain, partner FROM claim WHERE partner NOT IN (SELECT primary_domain FROM partner)"};
    while (orphans.executeStep()) {
        findings.add(fmt::format("the domain {} is claimed by {}, which is no partner",
                                 core::quote(orphans.getColumn(0).getString()),
                                 core::quote(orphans.getColumn(1).getString())));
    }
    SQLite::Statement unclaimed{database,
                                "SELECT primary_domain FROM partner WHERE NOT EXISTS "
                                "(SELECT 1 FROM claim WHERE domain = primary_domain AND partner = primary_domain)"};
    while (unclaimed.executeStep()) {
        const auto partner = unclaimed.getColumn(0).getString();
        findings.add(fmt::format("the partner {} does not claim its primary domain", core::quote(partner)), partner);
    }
}

/// The last entry of the history for each partner that it leaves in the store.
std::map<std::string, std::string> last_states(SQLite::Database& database) {
    std::map<std::string, std::string> states;
    SQLite::Statement select{
        database, "SELECT name, former_name, after FROM history WHERE subject = 'partner' ORDER BY sequence"};
    while (select.executeStep()) {
        const auto name = select.getColumn(0).getString();
        states.erase(select.getColumn(1).getString());
        if (select.getColumn(2).isNull()) {
            states.erase(name);
        } else {
            states[name] = select.getColumn(2).getString();
        }
    }
    return states;
}

/// Every change goes through the history, so a partner that differs from its last entry was written past the program or
/// has rotted.
void check_against_history(SqliteConnection& connection, Findings& findings) {
    auto& database = connection.database();
    auto states = last_states(database);
    SQLite::Statement partners{database,
                               fmt::format("SELECT {} FROM partner ORDER BY primary_domain", partner_columns)};
    SQLite::Statement claims{database, "SELECT domain FROM claim WHERE partner = ?1 AND domain <> ?1 ORDER BY domain"};
    while (partners.executeStep()) {
        const auto name = partners.getColumn(0).getString();
        try {
            auto partner = read_partner(partners);
            claims.reset();
            claims.bind(1, name);
            while (claims.executeStep()) {
                partner.additional_domains.push_back(claims.getColumn(0).getString());
            }
            const auto expected = states.find(name);
            const auto actual = core::to_text(core::to_json(partner), core::JsonLayout::compact);
            if (expected == states.end() || expected->second != actual) {
                findings.add(fmt::format("the partner {} is not what was last committed", core::quote(name)), name);
            }
        } catch (const core::Error& error) {
            findings.add(fmt::format("the partner {} cannot be read: {}", core::quote(name), error.message), name);
        }
        states.erase(name);
    }
    for (const auto& [name, state] : states) {
        findings.add(fmt::format("the partner {} was committed and never removed, but is not there", core::quote(name)),
                     name);
    }
}

/// The entries of the history, as `history` would show them.
void check_entries(SQLite::Database& database, Findings& findings) {
    SQLite::Statement entries{database, fmt::format("SELECT {} FROM history ORDER BY sequence", history_columns)};
    while (entries.executeStep()) {
        try {
            static_cast<void>(core::to_json(read_entry(entries)));
        } catch (const core::Error& error) {
            findings.add(fmt::format("entry {} of the history cannot be read: {}", entries.getColumn(0).getInt64(),
                                     error.cause.empty() ? error.message : error.cause));
        }
    }
}

void check_revision(SQLite::Database& database, Findings& findings) {
    const auto stored = database.execAndGet("SELECT revision FROM store").getInt64();
    const auto recorded = database.execAndGet("SELECT coalesce(max(store_revision), 0) FROM history").getInt64();
    if (stored != recorded) {
        findings.add(fmt::format("the store is at revision {}, but its history at {}", stored, recorded));
    }
}

}  // namespace

core::Diagnostics check_database(SqliteConnection& connection) {
    Findings findings;
    auto& database = connection.database();
    try {
        check_integrity(database, findings);
        check_claims(database, findings);
        check_against_history(connection, findings);
        check_entries(database, findings);
        check_revision(database, findings);
    } catch (const SQLite::Exception& exception) {
        findings.add(core::escape(fmt::format("the database is damaged: {}", exception.what())));
    }
    return std::move(findings).take();
}

}  // namespace xmppfed::store

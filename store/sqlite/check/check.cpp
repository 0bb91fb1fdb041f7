#include "store/sqlite/check/check.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include <sqlite3.h>

#include "core/text/timestamp.hpp"
#include "store/sqlite/check/trails.hpp"
#include "store/sqlite/check/twin.hpp"
#include "store/sqlite/partner_rows.hpp"
#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

namespace {

/// Claims of what is no partner.
void check_claims(SQLite::Database& database, core::Diagnostics& diagnostics) {
    SQLite::Statement nobodies{database,
                               "SELECT partner FROM claim EXCEPT SELECT primary_domain FROM partner ORDER BY 1"};
    SQLite::Statement domains{database, "SELECT domain, partner FROM claim WHERE partner = ?1"};
    while (nobodies.executeStep()) {
        for (const auto& claim : claims_in(domains, nobodies.getColumn(0).getString())) {
            diagnostics.push_back(core::damage(fmt::format("the domain {} is claimed by {}, which is no partner",
                                                           core::quote(claim.domain), core::quote(claim.partner))));
        }
    }
}

/// What is known of a database before the meaning of its rows is looked at.
struct Foundation {
    core::Diagnostics diagnostics = {};
    bool has_sound_indexes = true;
    bool has_sound_entries = true;  ///< of the history: their texts and checksums
};

SQLite::Statement all_of_history(SQLite::Database& database) {
    return {database, fmt::format("SELECT {}, checksum, db_user FROM history NOT INDEXED ORDER BY sequence",
                                  names_of(history_columns()))};
}

void check_entry(SQLite::Statement& entry, core::Diagnostics& diagnostics) {
    check_row(entry, "history", static_cast<int>(history_columns().size()), diagnostics);
}

/// All that is looked at in each entry by itself, in one reading: most of a store is history.
void read_history(SQLite::Database& database, bool has_sound_entries, core::StoreAudit& audit,
                  HistoryContents& contents, core::Diagnostics& diagnostics) {
    auto entries = all_of_history(database);
    try {
        while (entries.executeStep()) {
            if (!has_sound_entries) {
                check_entry(entries, diagnostics);
            }
            try {
                auto entry = read_row(entries, history_heading_columns());
                contents.add(entry);
                audit.add(std::move(entry));
            } catch (const core::Error& error) {
                audit.add_unreadable(entries.getColumn(0).getInt64(), core::text_of(error));
            }
        }
        contents.end();
    } catch (const SQLite::Exception&) {
        audit.break_off();
        throw;
    }
}

void compare_partners(SQLite::Database& database, const HistoryContents& contents, core::StoreAudit& audit,
                      const Readable& readable, core::Diagnostics& diagnostics) {
    Trails trails{database, contents, core::Subject::partner, audit};
    UnclaimedPartners unclaimed{database};
    SQLite::Statement rivals{database, rivals_sql};
    PartnerRows partners{database};
    while (partners.next()) {
        const std::string name{partners.name()};
        const bool is_unclaimed = unclaimed.has(name);
        if (is_unclaimed) {
            diagnostics.push_back(
                core::damage(fmt::format("the partner {} does not claim its primary domain", core::quote(name)),
                             core::escape(name)));
        }
        trails.follow_to(name);
        try {
            const auto partner = partners.read();
            audit.compare(partner);
            if (readable.partner) {
                readable.partner(partner, is_unclaimed ? claims_in(rivals, name) : std::vector<core::Claim>{});
            }
        } catch (const core::Error& error) {
            audit.compare_unreadable(core::Subject::partner, name, core::text_of(error));
        }
    }
    trails.follow_all();
}

/// Of a subject that there is one of.
void compare_whole(SQLite::Database& database, const HistoryContents& contents, core::Subject subject,
                   core::StoreAudit& audit, const auto& read) {
    Trails trails{database, contents, subject, audit};
    trails.follow_to(std::string{core::name_of(subject)});
    audit.compare(read());
    trails.follow_all();
}

void compare_requests(SQLite::Database& database, const HistoryContents& contents, core::StoreAudit& audit,
                      const Readable& readable) {
    Trails trails{database, contents, core::Subject::cert_request, audit};
    SQLite::Statement requests{database,
                               fmt::format("SELECT {} FROM cert_request ORDER BY number", names_of(request_columns()))};
    while (requests.executeStep()) {
        const auto name = requests.getColumn(0).getString();
        trails.follow_to(name);
        try {
            const auto request = read_row(requests, request_columns());
            audit.compare(request);
            if (readable.request) {
                readable.request(request);
            }
        } catch (const core::Error& error) {
            audit.compare_unreadable(core::Subject::cert_request, name, core::text_of(error));
        }
    }
    trails.follow_all();
}

std::optional<std::int64_t> revision_in(SQLite::Database& database, core::Diagnostics& diagnostics) {
    SQLite::Statement select{database, "SELECT revision, created_at FROM store"};
    if (select.executeStep()) {
        if (!core::is_timestamp(select.getColumn(1).getString())) {
            diagnostics.push_back(damaged_database("the time at which the store was made is none"));
        }
        return select.getColumn(0).getInt64();
    }
    diagnostics.push_back(damaged_database("the table store has no row"));
    return std::nullopt;
}

Foundation look_at_foundation(SQLite::Database& database) {
    Foundation foundation{.diagnostics = check_engine(database), .has_sound_entries = false};
    foundation.has_sound_indexes = foundation.diagnostics.empty();
    try_check(foundation.diagnostics, [&] { check_claims(database, foundation.diagnostics); });
    return foundation;
}

core::Diagnostics check_on(const Foundation& foundation, Reader& reader, SQLite::Database& database,
                           const Readable& readable) {
    auto diagnostics = foundation.diagnostics;
    const auto check = [&](const auto& look) { try_check(diagnostics, look); };
    HistoryContents contents{foundation.has_sound_indexes};
    core::StoreAudit audit;
    check([&] { read_history(database, foundation.has_sound_entries, audit, contents, diagnostics); });
    check([&] { compare_partners(database, contents, audit, readable, diagnostics); });
    check([&] { compare_whole(database, contents, core::Subject::edge, audit, [&] { return reader.edge(); }); });
    check([&] { compare_whole(database, contents, core::Subject::gateway, audit, [&] { return reader.gateway(); }); });
    check([&] { compare_requests(database, contents, audit, readable); });
    std::optional<std::int64_t> revision;
    check([&] { revision = revision_in(database, diagnostics); });
    std::ranges::move(audit.finish(revision), std::back_inserter(diagnostics));
    return diagnostics;
}

bool has_sound_foundation(SQLite::Database& database) {
    sort_on_disk(database);
    auto diagnostics = look_at_foundation(database).diagnostics;
    try_check(diagnostics, [&] {
        for (auto entries = all_of_history(database); diagnostics.empty() && entries.executeStep();) {
            check_entry(entries, diagnostics);
        }
    });
    return diagnostics.empty();
}

}  // namespace

/// Rows are read on the assumption that the foundation is sound, while another thread finds out. Where it is not, all is
/// looked at again, one after the other and without the pages that are in memory, so that what is told does not depend on
/// who was first.
core::Diagnostics check_database(Reader& reader, SqliteConnection& connection, const Readable& readable) {
    auto& database = connection.database();
    sort_on_disk(database);  // first: once there is anything temporary it is too late
    if (auto is_sound = asked_beside(connection, has_sound_foundation)) {
        auto diagnostics = check_on({}, reader, database, readable);
        if (is_sound->get()) {
            return diagnostics;
        }
        if (readable.forget) {
            readable.forget();
        }
        sqlite3_db_release_memory(database.getHandle());
    }
    return check_on(look_at_foundation(database), reader, database, readable);
}

}  // namespace xmppfed::store

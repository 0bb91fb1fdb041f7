#include "store/sqlite/check.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "core/text/timestamp.hpp"
#include "store/sqlite/partner_rows.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/trails.hpp"

namespace xmppfed::store {

namespace {

void check_claims(SQLite::Database& database, core::Diagnostics& diagnostics) {
    SQLite::Statement orphans{
        database, "SELECT domain, partner FROM claim WHERE partner NOT IN (SELECT primary_domain FROM partner)"};
    while (orphans.executeStep()) {
        diagnostics.push_back(core::damage(fmt::format("the domain {} is claimed by {}, which is no partner",
                                                       core::quote(orphans.getColumn(0).getString()),
                                                       core::quote(orphans.getColumn(1).getString()))));
    }
    SQLite::Statement unclaimed{database,
                                "SELECT primary_domain FROM partner WHERE NOT EXISTS "
                                "(SELECT 1 FROM claim WHERE domain = primary_domain AND partner = primary_domain)"};
    while (unclaimed.executeStep()) {
        const auto partner = unclaimed.getColumn(0).getString();
        diagnostics.push_back(
            core::damage(fmt::format("the partner {} does not claim its primary domain", core::quote(partner)),
                         core::escape(partner)));
    }
}

void read_history(SQLite::Database& database, core::StoreAudit& audit) {
    SQLite::Statement entries{
        database, fmt::format("SELECT {} FROM history NOT INDEXED ORDER BY sequence", names_of(history_columns()))};
    try {
        while (entries.executeStep()) {
            try {
                audit.add(read_row(entries, history_columns()));
            } catch (const core::Error& error) {
                audit.add_unreadable(entries.getColumn(0).getInt64(), core::text_of(error));
            }
        }
    } catch (const SQLite::Exception&) {
        audit.break_off();
        throw;
    }
}

void compare_partners(SQLite::Database& database, core::StoreAudit& audit, const Readable& readable) {
    Trails trails{database, core::Subject::partner, audit};
    SQLite::Statement rivals{database, "SELECT domain, partner FROM claim WHERE domain = ?1 AND partner <> ?1"};
    PartnerRows partners{database};
    while (partners.next()) {
        const std::string name{partners.name()};
        trails.follow_to(name);
        try {
            const auto partner = partners.read();
            audit.compare(partner);
            if (readable.partner) {
                readable.partner(partner, claims_in(rivals, name));
            }
        } catch (const core::Error& error) {
            audit.compare_unreadable(core::Subject::partner, name, core::text_of(error));
        }
    }
    trails.follow_all();
}

/// Of a subject that there is one of.
void compare_whole(SQLite::Database& database, core::Subject subject, core::StoreAudit& audit, const auto& read) {
    Trails trails{database, subject, audit};
    trails.follow_to(std::string{core::name_of(subject)});
    audit.compare(read());
    trails.follow_all();
}

void compare_requests(SQLite::Database& database, core::StoreAudit& audit, const Readable& readable) {
    Trails trails{database, core::Subject::cert_request, audit};
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

}  // namespace

core::Diagnostics check_database(Reader& reader, SQLite::Database& database, const Readable& readable) {
    core::Diagnostics diagnostics;
    const auto check = [&](const auto& look) { try_check(diagnostics, look); };
    check([&] { sort_on_disk(database); });  // first: once there is anything temporary it is too late
    std::ranges::move(check_engine(database), std::back_inserter(diagnostics));
    check([&] { check_claims(database, diagnostics); });
    core::StoreAudit audit;
    check([&] { read_history(database, audit); });
    check([&] { compare_partners(database, audit, readable); });
    check([&] { compare_whole(database, core::Subject::edge, audit, [&] { return reader.edge(); }); });
    check([&] { compare_whole(database, core::Subject::gateway, audit, [&] { return reader.gateway(); }); });
    check([&] { compare_requests(database, audit, readable); });
    std::optional<std::int64_t> revision;
    check([&] { revision = revision_in(database, diagnostics); });
    std::ranges::move(audit.finish(revision), std::back_inserter(diagnostics));
    return diagnostics;
}

}  // namespace xmppfed::store

#include "store/sqlite/check.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "core/text/timestamp.hpp"
#include "store/sqlite/rows.hpp"

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

void follow_history(SQLite::Database& database, core::StoreAudit& audit) {
    SQLite::Statement entries{database,
                              fmt::format("SELECT {} FROM history ORDER BY sequence", names_of(history_columns()))};
    while (entries.executeStep()) {
        try {
            audit.add(read_row(entries, history_columns()));
        } catch (const core::Error& error) {
            audit.add_unreadable(entries.getColumn(0).getInt64(), core::text_of(error));
        }
    }
}

void compare_partners(SQLite::Database& database, core::StoreAudit& audit, const Readable& readable) {
    SQLite::Statement partners{
        database, fmt::format("SELECT {} FROM partner ORDER BY primary_domain", names_of(partner_columns()))};
    SQLite::Statement additional{database, additional_domains_sql};
    while (partners.executeStep()) {
        try {
            auto partner = read_row(partners, partner_columns());
            read_additional_domains(additional, partner);
            audit.compare(partner);
            if (readable.partner) {
                readable.partner(partner);
            }
        } catch (const core::Error& error) {
            audit.compare_unreadable(core::Subject::partner, partners.getColumn(0).getString(), core::text_of(error));
        }
    }
}

void compare_requests(SQLite::Database& database, core::StoreAudit& audit, const Readable& readable) {
    SQLite::Statement requests{database,
                               fmt::format("SELECT {} FROM cert_request ORDER BY number", names_of(request_columns()))};
    while (requests.executeStep()) {
        try {
            const auto request = read_row(requests, request_columns());
            audit.compare(request);
            if (readable.request) {
                readable.request(request);
            }
        } catch (const core::Error& error) {
            audit.compare_unreadable(core::Subject::cert_request, requests.getColumn(0).getString(),
                                     core::text_of(error));
        }
    }
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
    auto diagnostics = check_engine(database);
    const auto check = [&](const auto& look) { try_check(diagnostics, look); };
    check([&] { check_claims(database, diagnostics); });
    core::StoreAudit audit;
    check([&] { follow_history(database, audit); });
    check([&] { compare_partners(database, audit, readable); });
    check([&] { audit.compare(reader.edge()); });
    check([&] { audit.compare(reader.gateway()); });
    check([&] { compare_requests(database, audit, readable); });
    std::optional<std::int64_t> revision;
    check([&] { revision = revision_in(database, diagnostics); });
    std::ranges::move(audit.finish(revision), std::back_inserter(diagnostics));
    return diagnostics;
}

}  // namespace xmppfed::store

#include "store/sqlite/spool.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

namespace {

constexpr const char* settings =
    "PRAGMA temp_store = FILE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192";

constexpr const char* tables = R"(
    CREATE TABLE wanted (
        number INTEGER PRIMARY KEY,
        {},
        additional,  -- JSON array
        places
    );
    CREATE TABLE wanted_claim (domain, number, partner);
)";

constexpr const char* indexes = R"(
    CREATE INDEX IF NOT EXISTS wanted_by_name ON wanted (primary_domain);
    CREATE INDEX IF NOT EXISTS wanted_claim_by_domain ON wanted_claim (domain, number, partner);
)";

constexpr const char* results = R"(
    DROP TABLE IF EXISTS rival;
    DROP TABLE IF EXISTS chosen;
    DROP TABLE IF EXISTS released;
    DROP TABLE IF EXISTS claimed;
    CREATE TABLE rival (number, domain, partner, is_wish);
    CREATE TABLE chosen ({});
    CREATE TABLE released (domain);
    CREATE TABLE claimed (domain, partner);
)";

}  // namespace

SqliteSpool::SqliteSpool()
    : database_{guard([] {
          return SQLite::Database{"", SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX};
      })} {
    guard([&] {
        const auto columns = wanted_partner_columns();
        database_.exec(settings);
        database_.exec(fmt::format(tables, names_of(columns)));
        database_.exec("BEGIN");  // once for all rows
        add_.emplace(database_, fmt::format("INSERT INTO wanted ({}, additional, places) VALUES ({})",
                                            names_of(columns), parameters(columns.size() + 2)));
        add_claim_.emplace(database_, "INSERT INTO wanted_claim VALUES (?, ?, ?)");
    });
}

void SqliteSpool::add(const core::Partner& partner, std::string_view places) {
    guard([&] {
        core::CommittedPartner row;
        static_cast<core::Partner&>(row) = partner;
        const auto additional = json_list(partner.additional_domains);
        put_row(*add_, wanted_partner_columns(), row, additional, std::string{places});
        const auto number = database_.getLastInsertRowid();
        for (const auto& domain : core::claimed_domains(partner)) {
            run(*add_claim_, domain, number, partner.primary_domain);
        }
    });
}

void SqliteSpool::begin_comparison() {
    guard([&] {
        add_.reset();
        add_claim_.reset();
        database_.exec(indexes);
        database_.exec(fmt::format(results, names_of(partner_columns())));
    });
}

core::Error SqliteSpool::failure(const SQLite::Exception& exception) {
    return core::Error{core::ErrorKind::failed, "cannot write a temporary file"}
        .because(core::escape(exception.what()))
        .hint("name a directory that has room in TMPDIR");
}

}  // namespace xmppfed::store

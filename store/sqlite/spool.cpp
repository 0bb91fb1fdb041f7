#include "store/sqlite/spool.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

namespace {

/// Large pages, for all is read and written in order.
constexpr const char* settings =
    "PRAGMA page_size = 16384; PRAGMA temp_store = FILE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
    "PRAGMA cache_size = -8192";

constexpr std::size_t at_once = 32;

constexpr const char* tables = R"(
    CREATE TABLE wanted (
        number INTEGER PRIMARY KEY,
        {},
        additional,  -- JSON array
        places
    );
    CREATE TABLE wanted_claim (domain, number, partner);
)";

constexpr const char* claim_index =
    "CREATE INDEX IF NOT EXISTS wanted_claim_by_domain ON wanted_claim (domain, number, partner)";

constexpr const char* results = R"(
    DROP TABLE IF EXISTS rival;
    DROP TABLE IF EXISTS released;
    DROP TABLE IF EXISTS claimed;
    CREATE TABLE rival (number, domain, partner, is_wish);
    CREATE TABLE released (domain);
    CREATE TABLE claimed (domain, partner);
)";

}  // namespace

SqliteSpool::SqliteSpool()
    : database_{guard([] {
          return SQLite::Database{"", SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX};
      })} {
    guard([&] {
        const auto names = names_of(wanted_partner_columns());
        database_.exec(settings);
        database_.exec(fmt::format(tables, names));
        database_.exec("BEGIN");  // once for all rows
        partners_.emplace(database_, insertion("wanted", names + ", additional, places, number", at_once));
        claims_.emplace(database_, insertion("wanted_claim", "domain, number, partner", at_once));
    });
}

void SqliteSpool::add(const core::Partner& partner, std::string_view places) {
    guard([&] {
        is_in_order_ = is_in_order_ && row_.primary_domain <= partner.primary_domain;
        static_cast<core::Partner&>(row_) = partner;
        ++last_;
        partners_->add(wanted_partner_columns(), row_, json_list(partner.additional_domains), places, last_);
        claims_->add_values(partner.primary_domain, last_, partner.primary_domain);
        for (const auto& domain : partner.additional_domains) {
            claims_->add_values(domain, last_, partner.primary_domain);
        }
    });
}

void SqliteSpool::begin_comparison() {
    guard([&] {
        for (auto* const rows : {&partners_, &claims_}) {
            if (*rows) {
                (*rows)->finish();
                rows->reset();
            }
        }
        database_.exec(claim_index);
        database_.exec(results);
    });
}

void SqliteSpool::index_names() {
    guard([&] { database_.exec("CREATE INDEX IF NOT EXISTS wanted_by_name ON wanted (primary_domain)"); });
}

core::Error SqliteSpool::failure(const SQLite::Exception& exception) {
    return core::Error{core::ErrorKind::failed, "cannot write a temporary file"}
        .because(core::escape(exception.what()))
        .hint("name a directory that has room in TMPDIR");
}

}  // namespace xmppfed::store

#include "store/sqlite/staging.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/json.hpp"
#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

namespace {

/// Nothing is checked here: what is staged is judged by the rules, and may be unsound.
constexpr const char* tables = R"(
    CREATE TEMP TABLE staged (
        number INTEGER PRIMARY KEY,
        {wanted},
        additional,  -- JSON array
        places
    );
    CREATE TEMP TABLE staged_claim (domain, number);
    CREATE TEMP TABLE rival (number, domain, partner, is_wish);
    CREATE TEMP TABLE chosen ({added}, number INTEGER PRIMARY KEY);
)";

constexpr const char* drop_tables =
    "DROP TABLE IF EXISTS temp.staged; DROP TABLE IF EXISTS temp.staged_claim; DROP TABLE IF EXISTS temp.rival; "
    "DROP TABLE IF EXISTS temp.chosen;";

/// One rival is enough to refuse a claim: the first that was staged, and for that one the last. All of them would be as
/// many as the square of those who want one domain.
constexpr const char* find_staged_rivals = R"(
    WITH wanted AS (SELECT domain, min(number) AS first, max(number) AS last FROM staged_claim GROUP BY domain
                    HAVING min(number) <> max(number))
    INSERT INTO rival
    SELECT DISTINCT own.number, own.domain, other.primary_domain, 1
    FROM wanted JOIN staged_claim AS own USING (domain)
    JOIN staged AS other ON other.number = CASE own.number WHEN wanted.first THEN wanted.last ELSE wanted.first END
    JOIN staged AS self ON self.number = own.number
    WHERE other.primary_domain <> self.primary_domain
)";

constexpr const char* find_stored_rivals = R"(
    INSERT INTO rival
    SELECT DISTINCT own.number, own.domain, claim.partner, 0
    FROM staged_claim AS own JOIN claim USING (domain)
    WHERE NOT EXISTS (SELECT 1 FROM staged WHERE staged.primary_domain = claim.partner)
)";

/// The condition that a partner of the store was not staged.
std::string is_unnamed(std::string_view name) {
    return fmt::format("NOT EXISTS (SELECT 1 FROM temp.staged WHERE staged.primary_domain = {})", name);
}

std::string insert_sql(std::string_view table, std::span<const PartnerColumn> columns, std::string_view more,
                       std::size_t count) {
    return fmt::format("INSERT INTO {} ({}, {}) VALUES ({})", table, names_of(columns), more,
                       parameters(columns.size() + count));
}

std::vector<std::string> domains_in(const std::string& text) {
    return text == "[]" ? std::vector<std::string>{} : core::Json::parse(text).get<std::vector<std::string>>();
}

}  // namespace

SqliteStaging::SqliteStaging(SqliteConnection& connection) : connection_{connection} {
    connection_.guard("stage in", [&] {
        // Everything else that is temporary is small; this may be larger than memory.
        database().exec(drop_tables);
        database().exec("PRAGMA temp_store = FILE");
        database().exec(fmt::format(tables, fmt::arg("wanted", names_of(wanted_partner_columns())),
                                    fmt::arg("added", names_of(committed_partner_columns()))));
        insert_ = std::make_unique<SQLite::Statement>(
            database(), insert_sql("staged", wanted_partner_columns(), "additional, places", 2));
        insert_claim_ = std::make_unique<SQLite::Statement>(database(), "INSERT INTO staged_claim VALUES (?, ?)");
        choose_ = std::make_unique<SQLite::Statement>(database(),
                                                      insert_sql("chosen", committed_partner_columns(), "number", 1));
    });
}

SqliteStaging::~SqliteStaging() {
    insert_.reset();
    insert_claim_.reset();
    choose_.reset();
    database().tryExec(drop_tables);
}

void SqliteStaging::add(const core::Partner& partner, std::string_view places) {
    connection_.guard("stage in", [&] {
        core::CommittedPartner row;
        static_cast<core::Partner&>(row) = partner;
        const auto additional = core::to_text(core::Json(partner.additional_domains), core::JsonLayout::compact);
        put_row(*insert_, wanted_partner_columns(), row, additional, std::string{places});
        const auto number = database().getLastInsertRowid();
        for (const auto& domain : core::claimed_domains(partner)) {
            run(*insert_claim_, domain, number);
        }
    });
}

void SqliteStaging::compare(bool unnamed_go) {
    connection_.guard("compare with", [&] {
        database().exec("CREATE INDEX temp.staged_by_name ON staged (primary_domain, number)");
        database().exec("CREATE INDEX temp.staged_claim_by_domain ON staged_claim (domain, number)");
        database().exec(find_staged_rivals);
        if (!unnamed_go) {
            database().exec(find_stored_rivals);
        }
        database().exec("CREATE INDEX temp.rival_by_number ON rival (number)");
    });
}

void SqliteStaging::visit_pairs(const PairVisitor& visit) {
    connection_.guard("compare with", [&] {
        const auto wanted = wanted_partner_columns();
        const auto first_stored = static_cast<int>(wanted.size());
        const auto behind_stored = first_stored + static_cast<int>(partner_columns().size());
        SQLite::Statement pairs{database(),
                                fmt::format("SELECT {}, {}, s.additional, s.places, s.number FROM staged AS s "
                                            "LEFT JOIN main.partner AS p ON p.primary_domain = s.primary_domain "
                                            "ORDER BY s.primary_domain, s.number",
                                            names_of(wanted, "s"), names_of(partner_columns(), "p"))};
        SQLite::Statement rivals{database(),
                                 "SELECT domain, partner, is_wish FROM rival WHERE number = ? ORDER BY domain"};
        SQLite::Statement additional{database(), additional_domains_sql};
        const bool has_rivals = database().execAndGet("SELECT EXISTS (SELECT 1 FROM rival)").getInt() != 0;
        std::optional<std::string> previous;
        while (pairs.executeStep()) {
            Pairing pair;
            int column = behind_stored;
            const auto row = read_row(pairs, wanted);
            pair.staged = static_cast<const core::Partner&>(row);
            pair.staged.additional_domains = domains_in(pairs.getColumn(column).getString());
            pair.places = pairs.getColumn(++column).getString();
            pair.number = pairs.getColumn(++column).getInt64();
            pair.is_repeated = previous == pair.staged.primary_domain;
            previous = pair.staged.primary_domain;
            if (!pairs.getColumn(first_stored).isNull()) {
                pair.before = read_row(pairs, partner_columns(), first_stored);
                read_additional_domains(additional, *pair.before);
            }
            if (has_rivals) {
                rivals.reset();
                rivals.bind(1, pair.number);
                while (rivals.executeStep()) {
                    pair.rivals.push_back({rivals.getColumn(0).getString(), rivals.getColumn(1).getString(),
                                           rivals.getColumn(2).getInt() != 0});
                }
            }
            visit(std::move(pair));
        }
    });
}

void SqliteStaging::visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) {
    connection_.guard("compare with", [&] {
        SQLite::Statement select{database(),
                                 fmt::format("SELECT {} FROM main.partner AS p WHERE {} ORDER BY p.primary_domain",
                                             names_of(partner_columns(), "p"), is_unnamed("p.primary_domain"))};
        SQLite::Statement additional{database(), additional_domains_sql};
        while (select.executeStep()) {
            auto partner = read_row(select, partner_columns());
            read_additional_domains(additional, partner);
            visit(partner);
        }
    });
}

std::vector<core::Claim> SqliteStaging::claims_of_unnamed(std::span<const std::string> domains) {
    return connection_.guard("compare with", [&] {
        SQLite::Statement select{
            database(),
            fmt::format("SELECT domain, partner FROM main.claim WHERE domain = ? AND {}", is_unnamed("partner"))};
        std::vector<core::Claim> claims;
        for (const auto& domain : domains) {
            select.reset();
            select.bind(1, domain);
            while (select.executeStep()) {
                claims.push_back({select.getColumn(0).getString(), select.getColumn(1).getString()});
            }
        }
        return claims;
    });
}

void SqliteStaging::choose(std::int64_t number, const core::CommittedPartner& partner) {
    connection_.guard("stage in", [&] { put_row(*choose_, committed_partner_columns(), partner, number); });
}

void put_chosen_partners(SQLite::Database& database) {
    database.exec(
        "DELETE FROM main.claim WHERE partner IN "
        "(SELECT primary_domain FROM temp.chosen JOIN temp.staged USING (number))");
    database.exec(
        fmt::format("INSERT INTO main.partner ({}, {}) SELECT {}, {} "
                    "FROM temp.chosen JOIN temp.staged USING (number) WHERE true ORDER BY primary_domain {}",
                    names_of(wanted_partner_columns()), names_of(committed_partner_columns()),
                    names_of(wanted_partner_columns(), "staged"), names_of(committed_partner_columns(), "chosen"),
                    on_same_key(partner_columns())));
    database.exec(
        "INSERT INTO main.claim (domain, partner) SELECT domain, primary_domain "
        "FROM temp.chosen JOIN temp.staged USING (number) JOIN temp.staged_claim USING (number) ORDER BY domain");
}

}  // namespace xmppfed::store

#include "store/sqlite/comparison.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "store/rows/rivals.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/seeker.hpp"
#include "store/sqlite/transfer.hpp"

namespace xmppfed::store {

namespace {

constexpr const char* is_wanted_sql = "SELECT primary_domain FROM wanted WHERE primary_domain >= ?1 ORDER BY 1";

std::vector<std::string> sorted_domains(const core::Partner& partner) {
    auto domains = core::claimed_domains(partner);
    std::ranges::sort(domains);
    domains.erase(std::unique(domains.begin(), domains.end()), domains.end());
    return domains;
}

/// The partners of the store with their additional domains, looked up in the order of their names.
class StoredPartners {
  public:
    explicit StoredPartners(const SQLite::Database& database)
        : partners_{database, fmt::format("SELECT {} FROM partner WHERE primary_domain >= ?1 ORDER BY primary_domain",
                                          names_of(partner_columns()))},
          claims_{database, "SELECT partner, domain FROM claim WHERE partner >= ?1 ORDER BY partner, domain"} {}

    std::optional<core::CommittedPartner> find(const std::string& name) {
        if (!partners_.seek(name)) {
            return std::nullopt;
        }
        auto partner = read_row(partners_.row(), partner_columns());
        for (bool more = claims_.seek(name); more; more = claims_.is_at(name)) {
            if (auto domain = claims_.row().getColumn(1).getString(); domain != name) {
                partner.additional_domains.push_back(std::move(domain));
            }
            claims_.next();
        }
        return partner;
    }

  private:
    Seeker partners_;
    Seeker claims_;
};

}  // namespace

SqliteComparison::SqliteComparison(SqliteConnection& connection, SqliteSpool& spool, bool unnamed_go)
    : connection_{connection}, spool_{spool} {
    spool_.begin_comparison();
    SqliteSpool::guard([&] {
        auto& database = spool_.database();
        const auto columns = partner_columns();
        choose_.emplace(database, fmt::format("INSERT INTO chosen VALUES ({})", parameters(columns.size())));
        release_.emplace(database, "INSERT INTO released VALUES (?)");
        claim_.emplace(database, "INSERT INTO claimed VALUES (?, ?)");
        database.exec(std::string{find_wanted_rivals});
    });
    if (!unnamed_go) {
        connection_.guard("compare with", [&] { find_stored_rivals(); });
    }
    SqliteSpool::guard([&] { spool_.database().exec("CREATE INDEX rival_by_number ON rival (number)"); });
}

void SqliteComparison::find_stored_rivals() {
    SQLite::Statement wishes{spool_.database(),
                             "SELECT domain, number, partner FROM wanted_claim ORDER BY domain, number"};
    SQLite::Statement names{spool_.database(), "SELECT 1 FROM wanted WHERE primary_domain = ?"};
    SQLite::Statement found{spool_.database(), "INSERT INTO rival VALUES (?, ?, ?, 0)"};
    Seeker claims{connection_.database(), "SELECT domain, partner FROM claim WHERE domain >= ?1 ORDER BY domain"};
    std::int64_t last = 0;
    std::string last_domain;
    while (wishes.executeStep()) {
        auto domain = wishes.getColumn(0).getString();
        const auto number = wishes.getColumn(1).getInt64();
        const bool is_repeated = number == last && domain == last_domain;
        if (!is_repeated && claims.seek(domain)) {
            const auto holder = claims.row().getColumn(1).getString();
            names.reset();
            names.bind(1, holder);
            if (holder != wishes.getColumn(2).getString() && !names.executeStep()) {
                run(found, number, domain, holder);
            }
        }
        last = number;
        last_domain = std::move(domain);
    }
}

void SqliteComparison::visit_pairs(const PairVisitor& visit) {
    connection_.guard("compare with", [&] {
        const auto columns = wanted_partner_columns();
        auto& spool = spool_.database();
        // Whole rows are sorted: one after the other through an index they would be all over the file.
        SQLite::Statement wanted{spool, fmt::format("SELECT {}, additional, places, number FROM wanted NOT INDEXED "
                                                    "ORDER BY primary_domain, number",
                                                    names_of(columns))};
        SQLite::Statement rivals{spool, "SELECT domain, partner, is_wish FROM rival WHERE number = ? ORDER BY domain"};
        const bool has_rivals = spool.execAndGet("SELECT EXISTS (SELECT 1 FROM rival)").getInt() != 0;
        StoredPartners stored{connection_.database()};
        std::optional<core::CommittedPartner> before;
        std::optional<std::string> previous;
        while (wanted.executeStep()) {
            Pairing pair;
            auto column = static_cast<int>(columns.size());
            auto row = read_row(wanted, columns);
            pair.wanted = static_cast<core::Partner&&>(row);
            pair.wanted.additional_domains = texts_in(wanted.getColumn(column).getString());
            pair.places = wanted.getColumn(++column).getString();
            pair.is_repeated = previous == pair.wanted.primary_domain;
            if (!pair.is_repeated) {
                previous = pair.wanted.primary_domain;
                before = stored.find(*previous);
            }
            pair.before = before;
            if (has_rivals) {
                rivals.reset();
                rivals.bind(1, wanted.getColumn(++column).getInt64());
                while (rivals.executeStep()) {
                    pair.rivals.push_back({rivals.getColumn(0).getString(), rivals.getColumn(1).getString(),
                                           rivals.getColumn(2).getInt() != 0});
                }
            }
            visit(std::move(pair));
        }
    });
}

void SqliteComparison::visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) {
    connection_.guard("compare with", [&] {
        SQLite::Statement names{connection_.database(), "SELECT primary_domain FROM partner ORDER BY primary_domain"};
        Seeker wanted{spool_.database(), is_wanted_sql};
        StoredPartners stored{connection_.database()};
        while (names.executeStep()) {
            if (const auto name = names.getColumn(0).getString(); !wanted.seek(name)) {
                visit(*stored.find(name));
            }
        }
    });
}

std::vector<core::Claim> SqliteComparison::claims_of_unnamed(std::span<const std::string> domains) {
    return connection_.guard("compare with", [&] {
        SQLite::Statement holder{connection_.database(), "SELECT domain, partner FROM claim WHERE domain = ?"};
        SQLite::Statement wanted{spool_.database(), "SELECT 1 FROM wanted WHERE primary_domain = ?"};
        std::vector<core::Claim> claims;
        for (const auto& domain : domains) {
            holder.reset();
            holder.bind(1, domain);
            while (holder.executeStep()) {
                core::Claim claim{holder.getColumn(0).getString(), holder.getColumn(1).getString()};
                wanted.reset();
                wanted.bind(1, claim.partner);
                if (!wanted.executeStep()) {
                    claims.push_back(std::move(claim));
                }
            }
        }
        return claims;
    });
}

void SqliteComparison::choose(const std::optional<core::CommittedPartner>& before,
                              const core::CommittedPartner& after) {
    SqliteSpool::guard([&] {
        put_row(*choose_, partner_columns(), after);
        const auto had = before ? sorted_domains(*before) : std::vector<std::string>{};
        const auto has = sorted_domains(after);
        std::vector<std::string> difference;
        std::ranges::set_difference(had, has, std::back_inserter(difference));
        for (const auto& domain : difference) {
            run(*release_, domain);
        }
        difference.clear();
        std::ranges::set_difference(has, had, std::back_inserter(difference));
        for (const auto& domain : difference) {
            run(*claim_, domain, after.primary_domain);
        }
    });
}

void SqliteComparison::put_chosen() {
    connection_.guard("write to", [&] {
        auto& from = spool_.database();
        auto& to = connection_.database();
        const auto columns = partner_columns();
        SQLite::Statement release{to, "DELETE FROM claim WHERE domain = ?"};
        for (SQLite::Statement rows{from, "SELECT domain FROM released ORDER BY domain"}; rows.executeStep();) {
            run(release, rows.getColumn(0).getString());
        }
        transfer(from, to,
                 {.from = "chosen",
                  .order = "rowid",
                  .into = fmt::format("partner ({})", names_of(columns)),
                  .on_conflict = on_same_key(columns),
                  .columns = columns.size(),
                  .at_once = 32});
        transfer(from, to,
                 {.from = "claimed",
                  .order = "domain",
                  .into = "claim (domain, partner)",
                  .on_conflict = "",
                  .columns = 2,
                  .at_once = 64});
    });
}

}  // namespace xmppfed::store

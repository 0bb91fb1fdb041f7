#include "store/sqlite/comparison.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "store/rows/rivals.hpp"
#include "store/sqlite/many_rows.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/seeker.hpp"

namespace xmppfed::store {

namespace {

/// In the order of an index.
constexpr const char* wishes_sql = "SELECT DISTINCT domain, partner, number FROM wanted_claim ORDER BY domain, number";

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

/// The names in a spool, for who may have to ask for one.
class WantedNames {
  public:
    explicit WantedNames(SqliteSpool& spool) : spool_{spool} {}

    bool have(const std::string& name) {
        if (!find_) {
            spool_.index_names();
            find_.emplace(spool_.database(), "SELECT 1 FROM wanted WHERE primary_domain = ?");
        }
        find_->reset();
        find_->bind(1, name);
        return find_->executeStep();
    }

  private:
    SqliteSpool& spool_;
    std::optional<SQLite::Statement> find_;
};

}  // namespace

SqliteComparison::SqliteComparison(SqliteConnection& connection, SqliteSpool& spool, bool unnamed_go)
    : connection_{connection},
      spool_{spool},
      chosen_{connection.database(),
              insertion("partner", names_of(partner_columns()), /*at_once=*/32, on_same_key(partner_columns()))} {
    spool_.begin_comparison();
    SqliteSpool::guard([&] {
        auto& database = spool_.database();
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
    if (connection_.database().execAndGet("SELECT EXISTS (SELECT 1 FROM claim)").getInt() == 0) {
        return;
    }
    SQLite::Statement wishes{spool_.database(), wishes_sql};
    WantedNames names{spool_};
    SQLite::Statement found{spool_.database(), "INSERT INTO rival VALUES (?, ?, ?, 0)"};
    Seeker claims{connection_.database(), "SELECT domain, partner FROM claim WHERE domain >= ?1 ORDER BY domain"};
    while (wishes.executeStep()) {
        const auto domain = text_in(wishes, 0);
        if (!claims.seek(domain)) {
            continue;
        }
        const std::string_view holder = text_in(claims.row(), 1);
        if (holder != text_in(wishes, 1) && !names.have(std::string{holder})) {
            run(found, wishes.getColumn(2).getInt64(), std::string{domain}, std::string{holder});
        }
    }
}

void SqliteComparison::visit_pairs(const PairVisitor& visit) {
    connection_.guard("compare with", [&] {
        const auto columns = wanted_partner_columns();
        auto& spool = spool_.database();
        // Whole rows are sorted: one after the other through an index they would be all over the file.
        SQLite::Statement wanted{
            spool, fmt::format("SELECT {}, additional, places, number FROM wanted NOT INDEXED ORDER BY {}number",
                               names_of(columns), spool_.is_in_order() ? "" : "primary_domain, ")};
        SQLite::Statement rivals{spool, "SELECT domain, partner, is_wish FROM rival WHERE number = ? ORDER BY domain"};
        const bool has_rivals = spool.execAndGet("SELECT EXISTS (SELECT 1 FROM rival)").getInt() != 0;
        StoredPartners stored{connection_.database()};
        visited_ = {};
        std::optional<core::CommittedPartner> before;
        while (wanted.executeStep()) {
            Pairing pair;
            auto column = static_cast<int>(columns.size());
            auto row = read_row(wanted, columns);
            pair.wanted = static_cast<core::Partner&&>(row);
            pair.wanted.additional_domains = texts_in(text_in(wanted, column));
            pair.places = wanted.getColumn(++column).getString();
            pair.is_repeated = visited_.number != 0 && visited_.name == pair.wanted.primary_domain;
            visited_.number = wanted.getColumn(++column).getInt64();
            if (!pair.is_repeated) {
                visited_.name = pair.wanted.primary_domain;
                before = stored.find(visited_.name);
            }
            pair.before = before;
            if (has_rivals) {
                rivals.reset();
                rivals.bind(1, visited_.number);
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
        spool_.index_names();
        Seeker wanted{spool_.database(),
                      "SELECT primary_domain FROM wanted WHERE primary_domain >= ?1 ORDER BY primary_domain"};
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
        WantedNames wanted{spool_};
        std::vector<core::Claim> claims;
        for (const auto& domain : domains) {
            holder.reset();
            holder.bind(1, domain);
            while (holder.executeStep()) {
                core::Claim claim{holder.getColumn(0).getString(), holder.getColumn(1).getString()};
                if (!wanted.have(claim.partner)) {
                    claims.push_back(std::move(claim));
                }
            }
        }
        return claims;
    });
}

void SqliteComparison::choose(const std::optional<core::CommittedPartner>& before,
                              const core::CommittedPartner& after) {
    // Behind what is being read, for the visit is in the order of names.
    connection_.guard("write to", [&] { chosen_.add(partner_columns(), after); });
    if (!before && visited_.number != 0 && visited_.name == after.primary_domain) {
        const auto number = static_cast<std::size_t>(visited_.number);
        is_new_.resize(std::max(is_new_.size(), number + 1));
        is_new_[number] = true;
        return;
    }
    SqliteSpool::guard([&] {
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
        chosen_.finish();
        auto& from = spool_.database();
        auto& to = connection_.database();
        SQLite::Statement release{to, release_sql};
        for (SQLite::Statement rows{from, "SELECT domain FROM released ORDER BY domain"}; rows.executeStep();) {
            run(release, rows.getColumn(0).getString());
        }
        ManyRows claims{to, claim_insertion()};
        put_claims_of_new(claims);
        for (SQLite::Statement rows{from, "SELECT * FROM claimed ORDER BY domain"}; rows.executeStep();) {
            claims.add(rows);
        }
        claims.finish();
    });
}

void SqliteComparison::put_claims_of_new(ManyRows& claims) {
    if (is_new_.empty()) {
        return;
    }
    SQLite::Statement wishes{spool_.database(), wishes_sql};
    while (wishes.executeStep()) {
        const auto number = static_cast<std::size_t>(wishes.getColumn(2).getInt64());
        if (number < is_new_.size() && is_new_[number]) {
            claims.add(wishes);
        }
    }
}

}  // namespace xmppfed::store

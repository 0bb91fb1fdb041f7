#include "store/postgres/comparison.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/json/json.hpp"
#include "store/postgres/link/copy_text.hpp"
#include "store/postgres/rows.hpp"
#include "store/rows/rivals.hpp"

namespace xmppfed::store {

namespace {

constexpr std::size_t batch_size = std::size_t{1} << 18;  // octets

/// Columns for a temporary table, by their kinds.
std::string definitions(std::span<const PartnerColumn> columns) {
    std::string list;
    for (const auto& column : columns) {
        const bool is_text = column.kind == Kind::text;
        list +=
            fmt::format("{}{} {}", list.empty() ? "" : ", ", column.name, is_text ? "text COLLATE \"C\"" : "bigint");
    }
    return list;
}

constexpr const char* tables = R"(
    DROP TABLE IF EXISTS pg_temp.wanted, pg_temp.wanted_claim, pg_temp.rival, pg_temp.chosen, pg_temp.released, pg_temp.claimed;
    CREATE TEMPORARY TABLE wanted (number bigint, {}, additional text, places text) ON COMMIT DROP;
    CREATE TEMPORARY TABLE wanted_claim (domain text COLLATE "C", number bigint, partner text COLLATE "C") ON COMMIT DROP;
    CREATE TEMPORARY TABLE rival (number bigint, domain text COLLATE "C", partner text COLLATE "C", is_wish integer)
        ON COMMIT DROP;
    CREATE TEMPORARY TABLE chosen ({}) ON COMMIT DROP;
    CREATE TEMPORARY TABLE released (domain text COLLATE "C") ON COMMIT DROP;
    CREATE TEMPORARY TABLE claimed (domain text COLLATE "C", partner text COLLATE "C") ON COMMIT DROP;
)";

constexpr const char* claims_and_indexes = R"(
    INSERT INTO wanted_claim SELECT primary_domain, number, primary_domain FROM wanted;
    INSERT INTO wanted_claim SELECT d.value, number, primary_domain
    FROM wanted, json_array_elements_text(additional::json) AS d(value) WHERE additional <> '[]';
    CREATE INDEX wanted_by_name ON wanted (primary_domain, number);
    CREATE INDEX wanted_claim_by_domain ON wanted_claim (domain, number, partner);
    ANALYZE wanted, wanted_claim;
)";

constexpr const char* stored_rivals = R"(
    INSERT INTO rival
    SELECT DISTINCT own.number, own.domain, claim.partner, 0 FROM wanted_claim AS own JOIN claim USING (domain)
    WHERE claim.partner <> own.partner AND NOT EXISTS (SELECT 1 FROM wanted WHERE primary_domain = claim.partner);
)";

/// What the spool wants, what the store has of that name, and the rivals as a JSON list of lists.
std::string select_pairs(bool has_rivals) {
    return fmt::format(
        "SELECT {}, w.additional, w.places, {}, array_to_json(ARRAY(SELECT domain FROM claim WHERE partner = "
        "p.primary_domain AND domain <> p.primary_domain ORDER BY domain))::text, {} FROM wanted AS w "
        "LEFT JOIN partner AS p ON p.primary_domain = w.primary_domain ORDER BY w.primary_domain, w.number",
        names_of(wanted_partner_columns(), "w"), names_of(partner_columns(), "p"),
        has_rivals ? "(SELECT json_agg(json_build_array(domain, partner, is_wish) ORDER BY domain) FROM rival WHERE "
                     "number = w.number)::text"
                   : "NULL");
}

core::Partner wanted_in(const PostgresCursor& rows, int& column) {
    core::CommittedPartner wanted;
    for (const auto& each : wanted_partner_columns()) {
        auto value = rows.rows().value(rows.row(), column++, each.kind);
        if (const auto* const text = value.text()) {
            value = Value{from_copied(*text)};
        }
        each.set(wanted, value, each.name);
    }
    for (const auto& domain : texts_in(rows.text(column++))) {
        wanted.additional_domains.push_back(from_copied(domain));
    }
    return static_cast<core::Partner&&>(wanted);
}

std::optional<core::CommittedPartner> stored_in(const PostgresCursor& rows, int column) {
    if (rows.is_null(column)) {
        return std::nullopt;
    }
    auto stored = read_row(rows.rows(), rows.row(), partner_columns(), column);
    stored.additional_domains = texts_in(rows.text(column + static_cast<int>(partner_columns().size())));
    return stored;
}

std::vector<core::Claim> rivals_in(std::string_view list) {
    std::vector<core::Claim> rivals;
    for (const auto& each : core::Json::parse(list)) {
        rivals.push_back({from_copied(each.at(0).get<std::string>()), from_copied(each.at(1).get<std::string>()),
                          each.at(2).get<int>() != 0});
    }
    return rivals;
}

std::vector<std::string> sorted_domains_of(const core::Partner& partner) {
    auto domains = core::claimed_domains(partner);
    std::ranges::sort(domains);
    domains.erase(std::unique(domains.begin(), domains.end()), domains.end());
    return domains;
}

}  // namespace

PostgresComparison::PostgresComparison(SharedConnection connection, PostgresSpool& spool, bool unnamed_go)
    : connection_{std::move(connection)} {
    compare([&] {
        connection_->run_script(
            fmt::format(fmt::runtime(tables), definitions(wanted_partner_columns()), definitions(partner_columns())));
        connection_->copy_in("wanted (" + PostgresSpool::columns() + ")", spool.rows());
        connection_->run_script(claims_and_indexes);
        find_rivals(unnamed_go);
    });
}

void PostgresComparison::find_rivals(bool unnamed_go) {
    connection_->run_script(std::string{find_wanted_rivals});
    if (!unnamed_go) {
        connection_->run_script(stored_rivals);
    }
    connection_->run_script("CREATE INDEX rival_by_number ON rival (number); ANALYZE rival");
    has_rivals_ = connection_->ask("SELECT 1 FROM rival LIMIT 1").rows() > 0;
}

void PostgresComparison::visit_pairs(const PairVisitor& visit) {
    compare([&] {
        PostgresCursor rows{*connection_, select_pairs(has_rivals_)};
        std::optional<std::string> previous;
        while (rows.next()) {
            Pairing pair;
            int column = 0;
            pair.wanted = wanted_in(rows, column);
            pair.places = from_copied(rows.text(column++));
            pair.is_repeated = previous == pair.wanted.primary_domain;
            previous = pair.wanted.primary_domain;
            pair.before = stored_in(rows, column);
            column += static_cast<int>(partner_columns().size()) + 1;
            if (!rows.is_null(column)) {
                pair.rivals = rivals_in(rows.text(column));
            }
            visit(std::move(pair));
        }
    });
}

void PostgresComparison::visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) {
    compare([&] {
        PostgresCursor rows{*connection_, select_partners() +
                                              " WHERE NOT EXISTS (SELECT 1 FROM wanted WHERE wanted.primary_domain = "
                                              "partner.primary_domain) ORDER BY primary_domain"};
        while (rows.next()) {
            visit(read_partner(rows.rows(), rows.row()));
        }
    });
}

std::vector<core::Claim> PostgresComparison::claims_of_unnamed(std::span<const std::string> domains) {
    std::vector<std::string> copied;
    std::ranges::transform(domains, std::back_inserter(copied), to_copied);
    return compare([&] {
        return claims_in(connection_->ask(
            "SELECT domain, partner FROM claim WHERE domain = ANY (ARRAY(SELECT json_array_elements_text($1::json))) "
            "AND NOT EXISTS (SELECT 1 FROM wanted WHERE primary_domain = claim.partner) ORDER BY domain",
            json_list(copied)));
    });
}

void PostgresComparison::copy(Batch& batch) {
    if (batch.rows.empty()) {
        return;
    }
    connection_->copy_in(std::string{batch.table}, [&, is_left = true]() mutable {
        return std::exchange(is_left, false) ? std::string_view{batch.rows} : std::string_view{};
    });
    batch.rows.clear();
}

void PostgresComparison::choose(const std::optional<core::CommittedPartner>& before,
                                const core::CommittedPartner& after) {
    append_copied(chosen_.rows, row_of(partner_columns(), after));
    const auto had = before ? sorted_domains_of(*before) : std::vector<std::string>{};
    const auto has = sorted_domains_of(after);
    std::vector<std::string> difference;
    std::ranges::set_difference(had, has, std::back_inserter(difference));
    for (const auto& domain : difference) {
        append_copied(released_.rows, std::array{Value::borrowed(domain)});
    }
    difference.clear();
    std::ranges::set_difference(has, had, std::back_inserter(difference));
    for (const auto& domain : difference) {
        append_copied(claimed_.rows, std::array{Value::borrowed(domain), Value::borrowed(after.primary_domain)});
    }
    compare([&] {
        for (auto* const batch : {&chosen_, &released_, &claimed_}) {
            if (batch->rows.size() >= batch_size) {
                copy(*batch);
            }
        }
    });
}

void PostgresComparison::put_chosen() {
    for (auto* const batch : {&chosen_, &released_, &claimed_}) {
        copy(*batch);
    }
    const auto columns = partner_columns();
    connection_->run_script(fmt::format(
        "ANALYZE chosen, released, claimed; DELETE FROM claim USING released WHERE claim.domain = released.domain; "
        "INSERT INTO partner ({0}) SELECT {0} FROM chosen {1}; "
        "INSERT INTO claim (domain, partner) SELECT domain, partner FROM claimed",
        names_of(columns), on_same_key(columns)));
}

}  // namespace xmppfed::store

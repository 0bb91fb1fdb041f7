#include "store/postgres/rows.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace xmppfed::store {

namespace {

constexpr std::size_t most_parameters = 8000;  // the protocol counts to 65,535

}  // namespace

RowInserter::RowInserter(PostgresConnection& connection, const std::string& table, const std::string& columns,
                         std::string on_conflict)
    : connection_{connection},
      into_{fmt::format("INSERT INTO {} ({}) VALUES ", table, columns)},
      on_conflict_{std::move(on_conflict)} {}

void RowInserter::add(std::vector<Value> row) {
    width_ = row.size();
    if (values_.size() + width_ > most_parameters) {
        flush();
    }
    std::ranges::move(row, std::back_inserter(values_));
}

void RowInserter::flush() {
    if (values_.empty()) {
        return;
    }
    auto sql = into_;
    for (std::size_t i = 1; i <= values_.size(); ++i) {
        const bool is_first = i % width_ == 1 || width_ == 1;
        sql += fmt::format("{}${}{}", is_first ? (i == 1 ? "(" : ", (") : ", ", i, i % width_ == 0 ? ")" : "");
    }
    connection_.run(sql + ' ' + on_conflict_, values_);
    values_.clear();
}

const char* const additional_domains_of_row =
    "ARRAY(SELECT domain FROM claim WHERE partner = primary_domain AND domain <> primary_domain ORDER BY domain)";

std::string select_partners(std::string_view more) {
    return fmt::format("SELECT {}, array_to_json({})::text{}{} FROM partner", names_of(partner_columns()),
                       additional_domains_of_row, more.empty() ? "" : ", ", more);
}

std::string select_partners_and_rival() {
    return select_partners("(SELECT partner FROM claim WHERE domain = primary_domain AND partner <> primary_domain)") +
           " ORDER BY primary_domain";
}

std::vector<core::Claim> rivals_of_partner(const PostgresResult& rows, int row) {
    const auto rival = static_cast<int>(partner_columns().size()) + 1;  // behind the additional domains
    if (rows.is_null(row, rival)) {
        return {};
    }
    return {{std::string{rows.text(row, 0)}, std::string{rows.text(row, rival)}}};
}

core::CommittedPartner read_partner(const PostgresResult& rows, int row) {
    const auto columns = partner_columns();
    auto partner = read_row(rows, row, columns);
    partner.additional_domains = texts_in(rows.text(row, static_cast<int>(columns.size())));
    return partner;
}

std::vector<core::Claim> claims_in(const PostgresResult& rows) {
    std::vector<core::Claim> claims;
    for (int row = 0; row < rows.rows(); ++row) {
        claims.push_back({std::string{rows.text(row, 0)}, std::string{rows.text(row, 1)}});
    }
    return claims;
}

}  // namespace xmppfed::store

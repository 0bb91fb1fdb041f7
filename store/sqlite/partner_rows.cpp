#include "store/sqlite/partner_rows.hpp"

#include <fmt/format.h>

#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

PartnerRows::PartnerRows(const SQLite::Database& database)
    : partners_{database, fmt::format("SELECT {} FROM partner ORDER BY primary_domain", names_of(partner_columns()))},
      claims_{database, "SELECT partner, domain FROM claim WHERE partner <> domain ORDER BY partner, domain"},
      more_claims_{claims_.executeStep()} {}

std::string_view PartnerRows::name() {
    return text_in(partners_, 0);
}

core::CommittedPartner PartnerRows::read() {
    auto partner = read_row(partners_, partner_columns());
    while (more_claims_ && text_in(claims_, 0) < partner.primary_domain) {
        more_claims_ = claims_.executeStep();  // a claim without its partner: `check` tells
    }
    while (more_claims_ && text_in(claims_, 0) == partner.primary_domain) {
        partner.additional_domains.emplace_back(text_in(claims_, 1));
        more_claims_ = claims_.executeStep();
    }
    return partner;
}

}  // namespace xmppfed::store

#include "store/sqlite/partner_rows.hpp"

#include <fmt/format.h>

#include "store/sqlite/rows.hpp"

namespace xmppfed::store {

PartnerRows::PartnerRows(const SQLite::Database& database)
    : partners_{database, fmt::format("SELECT {} FROM partner ORDER BY primary_domain", names_of(partner_columns()))},
      claims_{database, "SELECT partner, domain FROM claim WHERE partner <> domain ORDER BY partner, domain"},
      more_claims_{claims_.executeStep()} {}

// Both sides are read in order, side by side, which is less than a look-up for each partner.
UnclaimedPartners::UnclaimedPartners(const SQLite::Database& database)
    : names_{database,
             "SELECT primary_domain FROM partner EXCEPT "
             "SELECT domain FROM claim NOT INDEXED WHERE partner = domain ORDER BY 1"},
      more_names_{names_.executeStep()} {}

bool UnclaimedPartners::has(std::string_view name) {
    while (more_names_ && text_in(names_, 0) < name) {
        more_names_ = names_.executeStep();
    }
    return more_names_ && text_in(names_, 0) == name;
}

const char* const rivals_sql = "SELECT domain, partner FROM claim WHERE domain = ?1 AND partner <> ?1";

std::string_view PartnerRows::name() {
    return text_in(partners_, 0);
}

core::CommittedPartner PartnerRows::read() {
    auto partner = read_row(partners_, partner_columns());
    for (; more_claims_; more_claims_ = claims_.executeStep()) {
        const auto order = text_in(claims_, 0).compare(partner.primary_domain);
        if (order > 0) {
            break;
        }
        if (order == 0) {  // else it is a claim without its partner: `check` tells
            partner.additional_domains.emplace_back(text_in(claims_, 1));
        }
    }
    return partner;
}

}  // namespace xmppfed::store

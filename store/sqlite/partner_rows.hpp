#pragma once

#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/partner/partner.hpp"

namespace xmppfed::store {

/// All partners of a store with their additional domains, in the order of their primary domains.
class PartnerRows {
  public:
    explicit PartnerRows(const SQLite::Database& database);

    /// Goes to the next partner, at first to the first. Whether there is one.
    [[nodiscard]] bool next() { return partners_.executeStep(); }

    /// Its primary domain, until the next step.
    [[nodiscard]] std::string_view name();

    /// The partner, to be read once. Throws `core::Error` of kind failed when a value is none of its column.
    [[nodiscard]] core::CommittedPartner read();

  private:
    /// Side by side: both are ordered by the primary domain.
    SQLite::Statement partners_;
    SQLite::Statement claims_;
    bool more_claims_;
};

/// The partners that do not hold the claim on their own primary domain: none in a sound store.
class UnclaimedPartners {
  public:
    explicit UnclaimedPartners(const SQLite::Database& database);

    /// Whether this is one of them. Each name asked for is behind the last one.
    [[nodiscard]] bool has(std::string_view name);

  private:
    SQLite::Statement names_;
    bool more_names_;
};

/// Selects the claims of others on the domain that is its one parameter.
extern const char* const rivals_sql;

}  // namespace xmppfed::store

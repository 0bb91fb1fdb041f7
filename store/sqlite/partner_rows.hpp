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

}  // namespace xmppfed::store

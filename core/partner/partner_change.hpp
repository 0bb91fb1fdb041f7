#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/diagnostic.hpp"
#include "core/partner/negotiation.hpp"
#include "core/partner/partner_fields.hpp"

namespace xmppfed::core {

/// What a user said about a partner, and nothing that the user did not say.
struct PartnerChange {
    std::optional<Preset> preset;                  ///< sets the three negotiation fields; an assignment beside it wins
    std::vector<Assignment<Partner>> assignments;  ///< each field at most once
    std::vector<std::string> add_domains;
    std::vector<std::string> remove_domains;
    std::optional<std::vector<std::string>> accept =
        {};  ///< rules whose warnings to accept; empty: those of none, any more
    std::vector<std::string> unaccept = {};

    [[nodiscard]] bool names_a_field() const;
    [[nodiscard]] bool assigns(std::string_view key) const;
};

/// The result of a change, with remarks for the user on what had no effect, and diagnostics on the words of the change that
/// the result does not show.
struct ChangedPartner {
    Partner partner;
    std::vector<std::string> notes = {};
    Diagnostics diagnostics = {};
};

/// Applies `change` to `before`. Throws a usage error when the change contradicts itself (the whole set of additional
/// domains beside single ones, one domain both added and removed, or one rule both accepted and not) or when a text names
/// no value.
[[nodiscard]] ChangedPartner apply(const PartnerChange& change, Partner before);

/// The fields in which two partners differ, in the table's order.
[[nodiscard]] std::vector<const PartnerField*> differing_fields(const Partner& before, const Partner& after);

}  // namespace xmppfed::core

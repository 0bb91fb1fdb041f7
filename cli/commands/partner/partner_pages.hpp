#pragma once

#include <optional>
#include <vector>

#include "cli/wizard/interactive_request.hpp"
#include "core/partner/partner.hpp"
#include "core/partner/partner_change.hpp"

namespace xmppfed::cli {

/// The pages of the partner form: one for each field, in the order of the field table, and one for --preset. `change` is
/// what was answered so far about `before`. Throws a usage error when the answers contradict each other.
[[nodiscard]] std::vector<Page> partner_pages(const core::PartnerChange& change, const core::Partner& before);

/// Judges the answer to a page by the rules on the partner as it would become. What a rule refuses about the page's
/// field is thrown; about negotiation only on its last page, for the three settings make sense together. Prints what
/// the partner type means, what the negotiation comes to, and what else the rules find.
void review_partner(Context& context, const core::PartnerChange& change,
                    const std::optional<core::CommittedPartner>& before, const Page& page);

}  // namespace xmppfed::cli

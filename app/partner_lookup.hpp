#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/change_set.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// The canonical form of a domain that the command line names. Throws a refusal by `domain-invalid`.
[[nodiscard]] std::string domain_argument(const std::string& text);

/// The partner with that primary domain. Throws not-found; for another claimed domain the hint names the partner, for a
/// name of the past what became of the partner that had it.
[[nodiscard]] core::CommittedPartner partner_by_primary(store::Reader& reader, const std::string& domain);

/// The partner that claims the domain. Throws not-found.
[[nodiscard]] core::CommittedPartner partner_by_claim(store::Reader& reader, const std::string& domain);

/// The primary domains of the partners that claim a domain which matches. Throws not-found when there is none: such a
/// pattern is mistyped.
[[nodiscard]] std::vector<std::string> partners_matching(store::Reader& reader, const std::string& glob);

/// Whether a partner was removed under that name, and none has had it since.
[[nodiscard]] bool was_removed(store::Reader& reader, const std::string& domain);

/// What the rules must know to judge a partner.
[[nodiscard]] core::Surroundings surroundings_of(store::Reader& reader, const core::Partner& partner);

/// The same of several at once.
[[nodiscard]] core::Surroundings surroundings_of(store::Reader& reader, std::span<const core::WantedPartner> wanted);

/// Makes infos of warnings on the edge that the partners which they name have accepted.
void mark_accepted(core::Diagnostics& diagnostics, store::Reader& reader);

}  // namespace xmppfed::app

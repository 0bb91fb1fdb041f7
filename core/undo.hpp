#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/diagnostic.hpp"
#include "core/edge/edge.hpp"
#include "core/error.hpp"
#include "core/gateway/gateway.hpp"
#include "core/history/history_entry.hpp"
#include "core/partner/partner.hpp"

namespace xmppfed::core {

/// What a commit did to a partner: none on the side where there was none.
struct PartnerStep {
    std::optional<Partner> before;
    std::optional<Partner> after;
};

struct EdgeStep {
    Edge before;
    Edge after;
};

struct GatewayStep {
    Gateway before;
    Gateway after;
};

/// What a commit did to partners, the edge and the gateway, and so what takes it back.
struct CommitSteps {
    std::vector<PartnerStep> partners;
    std::optional<EdgeStep> edge;
    std::optional<GatewayStep> gateway;

    [[nodiscard]] bool empty() const { return partners.empty() && !edge && !gateway; }
};

/// From the entries of a commit. Throws a conflict when it concerns a certificate, and failed when an entry cannot be
/// read.
[[nodiscard]] CommitSteps steps_of(std::span<const HistoryEntry> entries);

/// Whatever now is under a name in the store.
using PartnerNow = std::function<std::optional<Partner>(const std::string& primary_domain)>;

/// The steps whose result is not what the store has now, or bears a name that some partner got since (`names_given`): it
/// is another partner then, though it be equal.
[[nodiscard]] CommitSteps overtaken(const CommitSteps& steps, const PartnerNow& partner_now,
                                    const std::set<std::string>& names_given, const Edge& edge_now,
                                    const Gateway& gateway_now);

/// A conflict that names all that the `later` entries, oldest first, changed of what `overtaken` has, and who did. There
/// is something overtaken.
[[nodiscard]] Error overtaken_commit(std::int64_t commit, const CommitSteps& overtaken,
                                     std::span<const HistoryEntry> later);

}  // namespace xmppfed::core

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cert/cert_request.hpp"
#include "core/diagnostic.hpp"
#include "core/edge/edge.hpp"
#include "core/history/history_entry.hpp"
#include "core/partner/partner.hpp"
#include "core/partner/partner_change.hpp"

namespace xmppfed::core {

/// What a commit does to one partner: create (no `before`), update or rename, remove (no `after`).
struct PartnerTransition {
    std::optional<CommittedPartner> before;
    std::optional<CommittedPartner> after;
};

struct EdgeTransition {
    Edge before;
    Edge after;
};

struct GatewayTransition {
    Gateway before;
    Gateway after;
};

/// What a commit does to one certificate request: record it (no `before`), or change its state.
struct RequestTransition {
    std::optional<CertRequest> before;
    CertRequest after;
};

/// What a command decided. Without transitions it is a change that changes nothing.
struct ChangeSet {
    std::vector<PartnerTransition> partners;
    std::optional<EdgeTransition> edge;
    std::optional<GatewayTransition> gateway;
    std::vector<RequestTransition> requests;
    Diagnostics diagnostics;         ///< of the result, errors included
    std::vector<std::string> notes;  ///< for the user

    [[nodiscard]] bool empty() const { return partners.empty() && !edge && !gateway && requests.empty(); }
};

/// What must be known of the store to judge a partner.
struct Surroundings {
    std::vector<Claim> claims;             ///< on the partner's domains, whoever makes them
    std::vector<std::string> own_domains;  ///< our own SIP and XMPP domains, sorted by bytes
};

/// The diagnostics of every rule on a partner, but for those that are less severe than `least`. Claims of `former_name`, the
/// primary domain that the partner has in the store, are its own.
[[nodiscard]] Diagnostics judge(const Partner& partner, const Surroundings& surroundings, std::string_view former_name,
                                Severity least = Severity::info);

/// The commit that makes `changed` of `before`, or a new partner of it. No transition when nothing differs.
[[nodiscard]] ChangeSet decide(const ChangedPartner& changed, const std::optional<CommittedPartner>& before,
                               const Surroundings& surroundings, std::string_view now);

/// One of several partners that a commit changes: what it is, and what it is to be; at least one of them is there.
struct WantedPartner {
    std::optional<CommittedPartner> before;
    std::optional<ChangedPartner> after;
};

/// The domains that they are to claim.
[[nodiscard]] std::vector<std::string> claimed_domains(std::span<const WantedPartner> wanted);

/// The commit that makes all of them what they are to be, at once: they may exchange domains. `surroundings.claims` are
/// those on `claimed_domains`. No transition for those in which nothing differs.
[[nodiscard]] ChangeSet decide(std::span<const WantedPartner> wanted, const Surroundings& surroundings,
                               std::string_view now);

/// The commit that changes the edge; `claims` are those of partners on what are its own domains by then. No transition
/// when nothing differs.
[[nodiscard]] ChangeSet decide(const ChangedEdge& changed, const Edge& before, std::span<const Claim> claims);

/// The commit that makes `after` of the gateway. No transition when nothing differs.
[[nodiscard]] ChangeSet decide(const Gateway& after, const Gateway& before);

/// The history entries of a change set.
[[nodiscard]] std::vector<HistoryEntry> history_of(const ChangeSet& changes, const Commit& commit);

}  // namespace xmppfed::core

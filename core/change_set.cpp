#include "core/change_set.hpp"

#include <algorithm>
#include <iterator>

#include "core/rule/rules.hpp"

namespace xmppfed::core {

Diagnostics judge(const Partner& partner, const Surroundings& surroundings, std::string_view former_name,
                  Severity least) {
    auto others = surroundings.claims;
    std::erase_if(others, [&](const Claim& claim) { return claim.partner == former_name; });
    return check({.partner = partner, .claims = others, .own_domains = surroundings.own_domains}, least);
}

ChangeSet decide(const ChangedPartner& changed, const std::optional<CommittedPartner>& before,
                 const Surroundings& surroundings, std::string_view now) {
    ChangeSet changes;
    changes.notes = changed.notes;
    changes.diagnostics = changed.diagnostics;
    std::ranges::move(judge(changed.partner, surroundings, before ? before->primary_domain : std::string_view{}),
                      std::back_inserter(changes.diagnostics));
    const bool differs = !before || static_cast<const Partner&>(*before) != changed.partner;
    if (differs) {
        changes.partners.push_back({before, committed(changed.partner, before, now)});
    }
    return changes;
}

ChangeSet decide(const ChangedEdge& changed, const Edge& before, std::span<const Claim> claims) {
    ChangeSet changes;
    changes.notes = changed.notes;
    changes.diagnostics = changed.diagnostics;
    std::ranges::move(judge(changed.edge, claims), std::back_inserter(changes.diagnostics));
    if (changed.edge != before) {
        changes.edge = EdgeTransition{before, changed.edge};
    }
    return changes;
}

ChangeSet decide(const Gateway& after, const Gateway& before) {
    ChangeSet changes;
    changes.diagnostics = judge(after);
    if (after != before) {
        changes.gateway = GatewayTransition{before, after};
    }
    return changes;
}

std::vector<HistoryEntry> history_of(const ChangeSet& changes, const Commit& commit) {
    std::vector<HistoryEntry> entries;
    for (const auto& [before, after] : changes.partners) {
        entries.push_back(partner_entry(commit, before ? &*before : nullptr, after ? &*after : nullptr));
    }
    if (changes.edge) {
        entries.push_back(edge_entry(commit, changes.edge->before, changes.edge->after));
    }
    if (changes.gateway) {
        entries.push_back(gateway_entry(commit, changes.gateway->before, changes.gateway->after));
    }
    for (const auto& [before, after] : changes.requests) {
        entries.push_back(request_entry(commit, before ? &*before : nullptr, after));
    }
    return entries;
}

}  // namespace xmppfed::core

#include "tests/support/memory_spool.hpp"

#include <algorithm>
#include <numeric>

namespace xmppfed::test {

void MemorySpool::add(const core::Partner& partner, std::string_view places) {
    wanted_.push_back({partner, std::string{places}});
    names_.insert(partner.primary_domain);
    for (const auto& domain : core::claimed_domains(partner)) {
        wishes_[domain].insert(wanted_.size());
    }
}

/// Of those who want the same domain the first that was added is everybody's rival, and the last is the first's.
std::vector<core::Claim> MemoryComparison::rivals_of(std::size_t number) const {
    const auto& self = spool_.at(number).partner;
    auto domains = core::claimed_domains(self);
    const std::set<std::string> wanted(domains.begin(), domains.end());
    std::vector<core::Claim> rivals;
    for (const auto& domain : wanted) {
        const auto& others = spool_.wishes_for(domain);
        const auto rival = *others.begin() == number ? *others.rbegin() : *others.begin();
        if (const auto& name = spool_.at(rival).partner.primary_domain; name != self.primary_domain) {
            rivals.push_back({domain, name, /*is_wish=*/true});
        }
        const auto claim = book_.claims.find(domain);
        if (!unnamed_go_ && claim != book_.claims.end() && !spool_.names(claim->second)) {
            rivals.push_back({domain, claim->second});
        }
    }
    return rivals;
}

void MemoryComparison::visit_pairs(const PairVisitor& visit) {
    std::vector<std::size_t> order(spool_.size());
    std::iota(order.begin(), order.end(), std::size_t{1});
    const auto name_of = [&](std::size_t number) -> const std::string& {
        return spool_.at(number).partner.primary_domain;
    };
    std::ranges::stable_sort(order, {}, name_of);
    const std::string* previous = nullptr;
    for (const auto number : order) {
        const auto& [partner, places] = spool_.at(number);
        store::Pairing pair;
        pair.wanted = partner;
        pair.places = places;
        if (const auto found = book_.partners.find(partner.primary_domain); found != book_.partners.end()) {
            pair.before = found->second;
        }
        pair.rivals = rivals_of(number);
        pair.is_repeated = previous != nullptr && *previous == partner.primary_domain;
        previous = &partner.primary_domain;
        visit(std::move(pair));
    }
}

void MemoryComparison::visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) {
    for (const auto& [name, partner] : book_.partners) {
        if (!spool_.names(name)) {
            visit(partner);
        }
    }
}

std::vector<core::Claim> MemoryComparison::claims_of_unnamed(std::span<const std::string> domains) {
    std::vector<core::Claim> claims;
    for (const auto& domain : domains) {
        if (const auto found = book_.claims.find(domain); found != book_.claims.end() && !spool_.names(found->second)) {
            claims.push_back({domain, found->second});
        }
    }
    return claims;
}

void MemoryComparison::choose(const std::optional<core::CommittedPartner>& /*before*/,
                              const core::CommittedPartner& after) {
    chosen_.push_back(after);
}

}  // namespace xmppfed::test

#include "tests/support/memory_staging.hpp"

#include <algorithm>
#include <numeric>

namespace xmppfed::test {

void MemoryStaging::add(const core::Partner& partner, std::string_view places) {
    staged_.push_back({partner, std::string{places}});
    names_.insert(partner.primary_domain);
    for (const auto& domain : core::claimed_domains(partner)) {
        wishes_[domain].insert(staged_.size());
    }
}

void MemoryStaging::compare(bool unnamed_go) {
    unnamed_go_ = unnamed_go;
}

/// Of those who want the same domain the first that was staged is everybody's rival, and the last is the first's.
std::vector<core::Claim> MemoryStaging::rivals_of(std::size_t number) const {
    const auto& self = at(number).partner;
    auto domains = core::claimed_domains(self);
    const std::set<std::string> wanted(domains.begin(), domains.end());
    std::vector<core::Claim> rivals;
    for (const auto& domain : wanted) {
        const auto& others = wishes_.at(domain);
        const auto rival = *others.begin() == number ? *others.rbegin() : *others.begin();
        if (const auto& name = at(rival).partner.primary_domain; name != self.primary_domain) {
            rivals.push_back({domain, name, /*is_wish=*/true});
        }
        const auto claim = book_.claims.find(domain);
        if (!unnamed_go_ && claim != book_.claims.end() && !is_named(claim->second)) {
            rivals.push_back({domain, claim->second});
        }
    }
    return rivals;
}

void MemoryStaging::visit_pairs(const PairVisitor& visit) {
    std::vector<std::size_t> order(staged_.size());
    std::iota(order.begin(), order.end(), std::size_t{1});
    const auto name_of = [&](std::size_t number) -> const std::string& { return at(number).partner.primary_domain; };
    std::ranges::stable_sort(order, {}, name_of);
    const std::string* previous = nullptr;
    for (const auto number : order) {
        const auto& [partner, places] = at(number);
        store::Pairing pair;
        pair.number = static_cast<std::int64_t>(number);
        pair.staged = partner;
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

void MemoryStaging::visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) {
    for (const auto& [name, partner] : book_.partners) {
        if (!is_named(name)) {
            visit(partner);
        }
    }
}

std::vector<core::Claim> MemoryStaging::claims_of_unnamed(std::span<const std::string> domains) {
    std::vector<core::Claim> claims;
    for (const auto& domain : domains) {
        if (const auto found = book_.claims.find(domain); found != book_.claims.end() && !is_named(found->second)) {
            claims.push_back({domain, found->second});
        }
    }
    return claims;
}

void MemoryStaging::choose(std::int64_t number, const core::CommittedPartner& partner) {
    auto& chosen = chosen_[static_cast<std::size_t>(number)] = partner;
    static_cast<core::Partner&>(chosen) = at(static_cast<std::size_t>(number)).partner;
}

std::vector<core::CommittedPartner> MemoryStaging::chosen() const {
    std::vector<core::CommittedPartner> partners;
    for (const auto& [number, partner] : chosen_) {
        partners.push_back(partner);
    }
    return partners;
}

}  // namespace xmppfed::test

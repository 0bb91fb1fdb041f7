#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "core/change_set.hpp"

namespace xmppfed::core {

namespace {

/// Who claims a domain once all of them are what they are to be.
class ClaimsToBe {
  public:
    ClaimsToBe(std::span<const WantedPartner> wanted, std::span<const Claim> claims) {
        std::unordered_set<std::string_view> changing;
        for (const auto& [before, after] : wanted) {
            if (before) {
                changing.insert(before->primary_domain);
            }
        }
        for (const auto& claim : claims) {
            if (!changing.contains(claim.partner)) {
                others_.emplace(claim.domain, claim);
            }
        }
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            for (auto& domain : domains_of(wanted[i])) {
                wishes_[std::move(domain)].push_back(i);
            }
        }
    }

    /// The claims of others on the domains of one of them, one for each domain.
    [[nodiscard]] std::vector<Claim> rivals_of(std::span<const WantedPartner> wanted, std::size_t index) const {
        std::vector<Claim> rivals;
        for (const auto& domain : domains_of(wanted[index])) {
            if (const auto other = others_.find(domain); other != others_.end()) {
                rivals.push_back(other->second);
                continue;
            }
            const auto& wishes = wishes_.at(domain);
            if (const auto rival = std::ranges::find_if(wishes, [&](auto i) { return i != index; });
                rival != wishes.end()) {
                rivals.push_back(
                    {.domain = domain, .partner = wanted[*rival].after->partner.primary_domain, .is_wish = true});
            }
        }
        return rivals;
    }

  private:
    static std::vector<std::string> domains_of(const WantedPartner& wanted) {
        return wanted.after ? claimed_domains(wanted.after->partner) : std::vector<std::string>{};
    }

    std::unordered_map<std::string, Claim> others_;
    std::unordered_map<std::string, std::vector<std::size_t>> wishes_;  ///< by domain, indexes
};

}  // namespace

std::vector<std::string> claimed_domains(std::span<const WantedPartner> wanted) {
    std::vector<std::string> domains;
    for (const auto& [before, after] : wanted) {
        if (after) {
            std::ranges::move(claimed_domains(after->partner), std::back_inserter(domains));
        }
    }
    return domains;
}

ChangeSet decide(std::span<const WantedPartner> wanted, const Surroundings& surroundings, std::string_view now) {
    const ClaimsToBe claims{wanted, surroundings.claims};
    ChangeSet changes;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& [before, after] = wanted[i];
        if (!after) {
            changes.partners.push_back({before, std::nullopt});
            continue;
        }
        auto one = decide(*after, before,
                          {.claims = claims.rivals_of(wanted, i), .own_domains = surroundings.own_domains}, now);
        std::ranges::move(one.partners, std::back_inserter(changes.partners));
        std::ranges::move(one.notes, std::back_inserter(changes.notes));
        std::ranges::move(one.diagnostics, std::back_inserter(changes.diagnostics));
    }
    return changes;
}

}  // namespace xmppfed::core

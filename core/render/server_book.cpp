#include "core/render/server_book.hpp"

#include <algorithm>

#include "core/text/domain/domain_name.hpp"

namespace xmppfed::core {

std::vector<std::string> domains_in_both_forms(const std::vector<Partner>& partners, bool (*is_meant)(const Partner&)) {
    std::vector<std::string> domains;
    for (const auto& partner : partners) {
        if (!is_meant(partner)) {
            continue;
        }
        for (auto& domain : claimed_domains(partner)) {
            domains.push_back(unicode_domain(domain));
            domains.push_back(std::move(domain));
        }
    }
    std::sort(domains.begin(), domains.end());
    domains.erase(std::unique(domains.begin(), domains.end()), domains.end());
    return domains;
}

bool is_by_certificate_alone(const Partner& partner) {
    return partner.enabled && offer(partner.negotiation).methods == std::vector{Method::sasl_over_tls};
}

ServerNeeds needs_of(const std::vector<Partner>& partners) {
    ServerNeeds needs;
    for (const auto& partner : partners) {
        if (partner.enabled) {
            needs.any_partner = true;
            needs.requires_tls |= partner.negotiation.tls == Level::required;
            needs.uses_dialback |= partner.negotiation.dialback;
        }
    }
    return needs;
}

}  // namespace xmppfed::core

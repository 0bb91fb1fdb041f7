#include "core/report/partner_tally.hpp"

#include <algorithm>

namespace xmppfed::core {

namespace {

void count_partner(PartnerCount& count, bool enabled) {
    ++(enabled ? count.enabled : count.suspended);
}

}  // namespace

void PartnerTally::add(const Partner& partner) {
    count_partner(partners_, partner.enabled);
    count_partner(by_type_.at(static_cast<std::size_t>(partner.type)), partner.enabled);
    const auto methods = offer(partner.negotiation).methods;
    for (const auto method : methods) {
        count_partner(offering_.at(static_cast<std::size_t>(method)), partner.enabled);
    }
    if (!methods.empty()) {
        count_partner(by_weakest_.at(static_cast<std::size_t>(methods.back())), partner.enabled);
    }
}

bool may_be_unencrypted(const Partner& partner) {
    const auto methods = offer(partner.negotiation).methods;
    return std::ranges::find(methods, Method::tcp_dialback) != methods.end();
}

}  // namespace xmppfed::core

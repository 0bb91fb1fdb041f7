#include "core/probe/dns_facts.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace xmppfed::core {

namespace {

constexpr std::array states{
    EnumValue{"secure", "DNSSEC confirms the records"},
    EnumValue{"insecure", "the zone is not signed"},
    EnumValue{"bogus", "the zone is signed, and the signatures do not hold"},
    EnumValue{"unknown", "nobody who can be believed said"},
};

constexpr std::array services{
    EnumValue{"xmpp-server", "a stream that begins unencrypted"},
    EnumValue{"xmpps-server", "TLS from the first octet"},
};

Json addresses_json(const DnsTarget* target) {
    return target == nullptr ? Json::array() : Json(target->addresses);
}

Json all_addresses(const DnsFacts& facts) {
    std::vector<std::string> addresses;
    for (const auto& target : facts.targets) {
        for (const auto& address : target.addresses) {
            if (std::ranges::find(addresses, address) == addresses.end()) {
                addresses.push_back(address);
            }
        }
    }
    return addresses;
}

}  // namespace

template <>
std::span<const EnumValue> values_of<DnsState>() {
    return states;
}

template <>
std::span<const EnumValue> values_of<Service>() {
    return services;
}

bool DnsFacts::is_refused() const {
    return !services.empty() && std::ranges::all_of(services, [](const auto& each) { return each.target == "."; });
}

const DnsTarget* DnsFacts::target(std::string_view name) const {
    const auto found = std::ranges::find(targets, name, &DnsTarget::name);
    return found == targets.end() ? nullptr : &*found;
}

Json to_json(const DnsFacts& facts) {
    Json srv = Json::array();
    for (const auto& each : facts.services) {
        srv.push_back(Json::object({{"service", name_of(each.service)},
                                    {"priority", each.priority},
                                    {"weight", each.weight},
                                    {"port", each.port},
                                    {"target", each.target},
                                    {"addresses", addresses_json(facts.target(each.target))}}));
    }
    Json tlsa = Json::array();
    for (const auto& each : facts.tlsa) {
        tlsa.push_back(Json::object({{"target", each.target},
                                     {"port", each.port},
                                     {"usage", each.usage},
                                     {"selector", each.selector},
                                     {"matching_type", each.matching},
                                     {"data", each.data}}));
    }
    return Json::object({{"srv", srv},
                         {"fallback", facts.is_fallback()},
                         {"addresses", all_addresses(facts)},
                         {"tlsa", tlsa},
                         {"state", name_of(facts.state)}});
}

}  // namespace xmppfed::core

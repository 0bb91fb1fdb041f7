#include "core/render/server_policy.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace xmppfed::core {

namespace {

/// What a server enforces of it.
Json policy_of(const Gateway& gateway) {
    return {
        {"connection_limit", gateway.connection_limit},
        {"partner_connection_limit", gateway.partner_connection_limit},
        {"keepalive_interval", gateway.keepalive_interval},
        {"establishment_timeout", gateway.establishment_timeout},
        {"inactivity_timeout", gateway.inactivity_timeout},
    };
}

Json policy_of(const Partner& partner) {
    Json json = Json::object();
    json["domains"] = claimed_domains(partner);
    json["type"] = name_of(partner.type);
    json["methods"] = to_json(offer(partner.negotiation).methods);
    json["tls"] = name_of(partner.negotiation.tls);
    json["sasl"] = name_of(partner.negotiation.sasl);
    json["dialback"] = partner.negotiation.dialback;
    if (partner.proxy_fqdn) {
        json["proxy_fqdn"] = *partner.proxy_fqdn;
    }
    if (partner.connection_limit) {
        json["connection_limit"] = *partner.connection_limit;
    }
    json["keepalive"] = partner.keepalive;
    return json;
}

}  // namespace

std::string server_policy(std::vector<Partner> partners, const Gateway& gateway, std::int64_t store_revision) {
    std::erase_if(partners, [](const Partner& partner) { return !partner.enabled; });
    std::sort(partners.begin(), partners.end(),
              [](const Partner& a, const Partner& b) { return a.primary_domain < b.primary_domain; });
    Json json = Json::object();
    json["format_version"] = "1.0";
    json["kind"] = "server-policy";
    json["store_revision"] = store_revision;
    json["gateway"] = policy_of(gateway);
    json["partners"] = Json::array();
    for (const auto& partner : partners) {
        json["partners"].push_back(policy_of(partner));
    }
    return to_text(json, JsonLayout::indented) + "\n";
}

}  // namespace xmppfed::core

#include "core/gateway/gateway_cmdlet.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/powershell.hpp"

namespace xmppfed::core {

namespace {

constexpr std::array properties_of_the_gateway{
    GatewayProperty{"ConnectionLimit", "connection_limit"},
    GatewayProperty{"PartnerConnectionLimit", "partner_connection_limit"},
    GatewayProperty{"KeepAliveInterval", "keepalive_interval"},
    GatewayProperty{"StreamEstablishmentTimeout", "establishment_timeout"},
    GatewayProperty{"StreamInactivityTimeout", "inactivity_timeout"},
    GatewayProperty{"SubscriptionRefreshInterval", "subscription_refresh"},
    GatewayProperty{"EnableLoggingAllMessageBodies", "log_message_bodies"},
};

std::string in_powershell(const Json& value) {
    return value.is_boolean() ? std::string{powershell_boolean(value.get<bool>())} : value.dump();
}

}  // namespace

std::span<const GatewayProperty> gateway_properties() {
    return properties_of_the_gateway;
}

const GatewayField& field_of(const GatewayProperty& property) {
    return *std::ranges::find(gateway_fields(), property.key, &GatewayField::key);
}

std::string set_gateway_command(const Gateway& gateway) {
    std::string command = "Set-CsXmppGatewayConfiguration";
    for (const auto& property : properties_of_the_gateway) {
        command += fmt::format(" -{} {}", property.name, in_powershell(field_of(property).write(gateway)));
    }
    return command + " -WhatIf:$WhatIfPreference\n";
}

}  // namespace xmppfed::core

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/gateway/gateway.hpp"

/// What Skype for Business Server and Lync Server call the settings of the gateway. Their times are whole seconds too.
namespace xmppfed::core {

/// A property that `Get-CsXmppGatewayConfiguration` writes, which is a parameter of `Set-CsXmppGatewayConfiguration`,
/// and the JSON key of our field. Each field has one.
struct GatewayProperty {
    std::string_view name;
    std::string_view key;
};
[[nodiscard]] std::span<const GatewayProperty> gateway_properties();

/// The field of a property.
[[nodiscard]] const GatewayField& field_of(const GatewayProperty& property);

/// A line of PowerShell that sets every field, and passes -WhatIf on.
[[nodiscard]] std::string set_gateway_command(const Gateway& gateway);

}  // namespace xmppfed::core

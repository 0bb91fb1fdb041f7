#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/diagnostic.hpp"
#include "core/field/field.hpp"

namespace xmppfed::core {

/// What holds for the streams of all partners: what `Set-CsXmppGatewayConfiguration` sets, but for the passphrase of
/// dialback, which is a secret. Times are in seconds. The defaults are the vendor's, and hold until somebody sets them.
struct Gateway {
    std::int64_t connection_limit = 1000;        ///< simultaneous connections with all partners
    std::int64_t partner_connection_limit = 20;  ///< with one partner that has no limit of its own
    std::int64_t keepalive_interval = 300;
    std::int64_t establishment_timeout = 60;
    std::int64_t inactivity_timeout = 600;
    std::int64_t subscription_refresh = 28800;  ///< recorded for Skype for Business alone, as is the next
    bool log_message_bodies = false;

    bool operator==(const Gateway&) const = default;
};

using GatewayField = Field<Gateway>;

/// The settings of the gateway, in the order of the help and the output.
[[nodiscard]] std::span<const GatewayField> gateway_fields();

/// What a user said about the gateway: each field at most once.
using GatewayChange = std::vector<Assignment<Gateway>>;

/// Applies `change` to `before`. Throws a usage error for a text that is no value.
[[nodiscard]] Gateway apply(const GatewayChange& change, Gateway before);

/// The diagnostics of every rule on the gateway: `value-out-of-range`.
[[nodiscard]] Diagnostics judge(const Gateway& gateway);

/// The gateway in a text of the history. Throws `core::Error` of kind failed when it is not what was written.
[[nodiscard]] Gateway gateway_from_text(const std::string& text);

/// The object of `gateway show -o json`, of the history and of a manifest's `gateway`.
[[nodiscard]] Json to_json(const Gateway& gateway);

}  // namespace xmppfed::core

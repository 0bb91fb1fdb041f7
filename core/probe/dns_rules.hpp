#pragma once

#include "core/rule/rules.hpp"

/// The rules on what DNS says, by name.
namespace xmppfed::core::rule {

inline constexpr const Rule& dns_no_address = row("dns-no-address");
inline constexpr const Rule& dns_service_refused = row("dns-service-refused");
inline constexpr const Rule& dns_bogus = row("dns-bogus");
inline constexpr const Rule& dns_differs = row("dns-differs");
inline constexpr const Rule& dns_target_cname = row("dns-target-cname");
inline constexpr const Rule& dns_target_no_address = row("dns-target-no-address");
inline constexpr const Rule& dns_fallback = row("dns-fallback");
inline constexpr const Rule& dns_insecure = row("dns-insecure");

}  // namespace xmppfed::core::rule

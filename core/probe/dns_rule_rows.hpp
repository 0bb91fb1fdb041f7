#pragma once

#include <array>

#include "core/rule/rule.hpp"

/// The rules on what DNS says, whose functions are in core/probe.
namespace xmppfed::core::rule {

inline constexpr std::array dns_table{
    Rule{
        .id = "dns-no-address", .severity = Severity::error, .when = "a domain has neither SRV records nor an address"},
    Rule{.id = "dns-service-refused",
         .severity = Severity::error,
         .when = "a domain's only SRV record says that there is no such service"},
    Rule{.id = "dns-bogus", .severity = Severity::error, .when = "DNSSEC does not confirm a domain's records"},
    Rule{.id = "dns-differs",
         .severity = Severity::error,
         .when = "a DNS record of our edge is missing, or leads elsewhere"},
    Rule{.id = "dns-target-cname", .severity = Severity::warning, .when = "the target of an SRV record is an alias"},
    Rule{.id = "dns-target-no-address",
         .severity = Severity::warning,
         .when = "the target of an SRV record has no address"},
    Rule{.id = "dns-fallback", .severity = Severity::info, .when = "a domain has no SRV record"},
    Rule{.id = "dns-insecure",
         .severity = Severity::info,
         .when = "a partner that may use dialback is in a zone without DNSSEC; a warning when nothing but dialback "
                 "without TLS is left"},
};

}  // namespace xmppfed::core::rule

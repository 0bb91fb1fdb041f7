#include "core/partner/allowlist_script.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/gateway/gateway_cmdlet.hpp"
#include "core/text/powershell.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// The name of an enumerator in .NET: `not-supported` is NotSupported.
template <class E>
std::string enumerator(E value) {
    std::string name;
    for (const auto& word : split(name_of(value), '-')) {
        name += static_cast<char>(word.front() - 'a' + 'A');
        name += word.substr(1);
    }
    return powershell_string(name);
}

std::string array_of(const std::vector<std::string>& texts, Medium medium) {
    std::vector<std::string> quoted;
    for (const auto& text : texts) {
        quoted.push_back(powershell_string(text, medium));
    }
    return fmt::format("@({})", join(quoted, ", "));
}

/// The arguments that New- and Set-CsXmppAllowedPartner have in common.
std::string arguments(const Partner& partner, Medium medium) {
    const auto& [tls, sasl, dialback] = partner.negotiation;
    return fmt::format(
        "-Description {} -PartnerType {} -TlsNegotiation {} -SaslNegotiation {} -SupportDialbackNegotiation {} "
        "-EnableKeepAlive {} -ConnectionLimit {} -ProxyFqdn {} -WhatIf:$WhatIfPreference",
        powershell_string(partner.description, medium), enumerator(partner.type), enumerator(tls), enumerator(sasl),
        powershell_boolean(dialback), powershell_boolean(partner.keepalive),
        partner.connection_limit ? std::to_string(*partner.connection_limit) : "$null",
        partner.proxy_fqdn ? powershell_string(*partner.proxy_fqdn, medium) : "$null");
}

std::string script_head() {
    return R"(# Brings the XMPP gateway and the allowed XMPP partners of this deployment to those below, and may be run again.
# Run it in the Management Shell; with -WhatIf it only says what it would do. Written by `xmppfed export`.
[CmdletBinding(SupportsShouldProcess = $true)]
param()
$ErrorActionPreference = 'Stop'

# The partners, and the domains that each has beside its own.
$wanted = @{
)";
}

/// What is wanted of a partner in the table of domains.
std::string script_wish(const Partner& partner, Medium medium) {
    return fmt::format("    {} = {}\n", powershell_string(partner.primary_domain, medium),
                       array_of(partner.additional_domains, medium));
}

std::string script_middle() {
    return R"(}

# What is not wanted goes first, so that its domains are free for others.
$present = @{}
foreach ($partner in @(Get-CsXmppAllowedPartner)) {
    $name = [string]$partner.Identity
    if ($wanted.ContainsKey($name)) {
        $present[$name] = $true
        $stale = @($partner.AdditionalDomains | Where-Object { $_ -and $wanted[$name] -notcontains $_ })
        if ($stale.Count -gt 0) {
            Set-CsXmppAllowedPartner -Identity $name -AdditionalDomains @{Remove = $stale} -WhatIf:$WhatIfPreference
        }
    } else {
        Remove-CsXmppAllowedPartner -Identity $name -WhatIf:$WhatIfPreference
    }
}
)";
}

std::string script_partner(const Partner& partner, Medium medium) {
    const auto name = powershell_string(partner.primary_domain, medium);
    const auto& domains = partner.additional_domains;
    const auto all = arguments(partner, medium);
    return fmt::format(
        "\nif ($present.ContainsKey({0})) {{\n"
        "    Set-CsXmppAllowedPartner -Identity {0} -AdditionalDomains {1} {3}\n"
        "}} else {{\n"
        "    New-CsXmppAllowedPartner -Identity {0} -AdditionalDomains {2} {3}\n"
        "}}\n",
        name, domains.empty() ? "$null" : fmt::format("@{{Replace = {}}}", array_of(domains, medium)),
        domains.empty() ? "$null" : array_of(domains, medium), all);
}

/// Windows PowerShell takes a script for UTF-8 only when it begins with a byte order mark; in another encoding some
/// characters would be quotes.
bool needs_byte_order_mark(const PartnerSource& partners) {
    bool all_ascii = true;
    partners([&](const CommittedPartner& partner) {
        all_ascii = !partner.enabled || std::ranges::all_of(partner.description, [](char c) {
            return static_cast<unsigned char>(c) < 0x80;  // NOLINT(readability-magic-numbers): the end of ASCII
        });
        return all_ascii;
    });
    return !all_ascii;
}

}  // namespace

std::size_t write_allowlist_script(const Gateway& gateway, const PartnerSource& partners, Medium medium,
                                   const TextSink& sink) {
    std::size_t suspended = 0;
    const auto for_each = [&](std::string (*text)(const Partner&, Medium)) {
        suspended = 0;
        partners([&](const CommittedPartner& partner) {
            if (partner.enabled) {
                sink(text(partner, medium));
            } else {
                ++suspended;
            }
            return true;
        });
    };
    if (medium == Medium::file && needs_byte_order_mark(partners)) {
        sink(byte_order_mark);
    }
    sink(script_head());
    for_each(script_wish);
    sink(script_middle());
    for_each(script_partner);
    sink("\n# What holds for the streams of all partners. The passphrase of dialback stays as it is.\n" +
         set_gateway_command(gateway));
    return suspended;
}

}  // namespace xmppfed::core

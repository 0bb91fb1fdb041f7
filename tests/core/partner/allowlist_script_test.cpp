#include "core/partner/allowlist_script.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace xmppfed::core;
using Catch::Contains;

namespace {

Partner partner() {
    Partner partner;
    partner.primary_domain = "fabrikam.com";
    return partner;
}

/// The script for these partners.
std::string script_of(const std::vector<Partner>& partners, std::size_t suspended = 0, const Gateway& gateway = {}) {
    std::string script;
    const auto left_out = write_allowlist_script(
        gateway,
        [&](const auto& visit) {
            for (const auto& each : partners) {
                CommittedPartner committed;
                static_cast<Partner&>(committed) = each;
                if (!visit(committed)) {
                    return;
                }
            }
        },
        Medium::file, [&](std::string_view piece) { script += piece; });
    CHECK(left_out == suspended);
    return script;
}

}  // namespace

TEST_CASE("every value is explicit, also those that are not set") {
    const auto text = script_of({partner()});
    CHECK_THAT(text, Contains("New-CsXmppAllowedPartner -Identity 'fabrikam.com' -AdditionalDomains $null "
                              "-Description '' -PartnerType 'PublicUnverified' -TlsNegotiation 'Required' "
                              "-SaslNegotiation 'Required' -SupportDialbackNegotiation $false -EnableKeepAlive $true "
                              "-ConnectionLimit $null -ProxyFqdn $null -WhatIf:$WhatIfPreference\n"));
    CHECK_THAT(text, Contains("Set-CsXmppAllowedPartner -Identity 'fabrikam.com' -AdditionalDomains $null "));
    CHECK_THAT(text, Contains("\n    'fabrikam.com' = @()\n"));
}

TEST_CASE("a script sets the gateway, every value explicit and the passphrase left alone") {
    CHECK_THAT(script_of({}),
               Contains("\nSet-CsXmppGatewayConfiguration -ConnectionLimit 1000 -PartnerConnectionLimit 20 "
                        "-KeepAliveInterval 300 -StreamEstablishmentTimeout 60 "
                        "-StreamInactivityTimeout 600 -SubscriptionRefreshInterval 28800 "
                        "-EnableLoggingAllMessageBodies $false -WhatIf:$WhatIfPreference\n"));
    const auto text = script_of({partner()}, 0,
                                {.connection_limit = 1,
                                 .partner_connection_limit = 2,
                                 .keepalive_interval = 3,
                                 .establishment_timeout = 4,
                                 .inactivity_timeout = 5,
                                 .subscription_refresh = 4294967295,
                                 .log_message_bodies = true});
    CHECK_THAT(text, Contains("-ConnectionLimit 1 -PartnerConnectionLimit 2 -KeepAliveInterval 3 "
                              "-StreamEstablishmentTimeout 4 -StreamInactivityTimeout 5 "
                              "-SubscriptionRefreshInterval 4294967295 -EnableLoggingAllMessageBodies $true "));
    CHECK_THAT(text, !Contains("DialbackPassphrase"));
}

TEST_CASE("texts are quoted and sets replaced") {
    auto each = partner();
    each.description = "it's $(Get-Date)\n";
    each.additional_domains = {"a.fabrikam.com", "b.fabrikam.com"};
    each.type = PartnerType::federated;
    each.negotiation = {Level::optional, Level::not_supported, true};
    each.connection_limit = 5;
    each.proxy_fqdn = "p.fabrikam.com";
    const auto text = script_of({each});
    CHECK_THAT(text, Contains("-Description 'it''s $(Get-Date)\n'"));
    CHECK_THAT(text, Contains("-AdditionalDomains @{Replace = @('a.fabrikam.com', 'b.fabrikam.com')}"));
    CHECK_THAT(text, Contains("-AdditionalDomains @('a.fabrikam.com', 'b.fabrikam.com')"));
    CHECK_THAT(text, Contains("-PartnerType 'Federated' -TlsNegotiation 'Optional' -SaslNegotiation 'NotSupported' "
                              "-SupportDialbackNegotiation $true"));
    CHECK_THAT(text, Contains("-ConnectionLimit 5 -ProxyFqdn 'p.fabrikam.com'"));
    CHECK_THAT(text, Contains("\n    'fabrikam.com' = @('a.fabrikam.com', 'b.fabrikam.com')\n"));
}

TEST_CASE("suspended partners are left out and counted") {
    auto suspended = partner();
    suspended.primary_domain = "contoso.com";
    suspended.enabled = false;
    suspended.description = "\xC3\xA9";
    const auto text = script_of({suspended, partner()}, 1);
    CHECK_THAT(text, !Contains("contoso.com"));
    CHECK_THAT(text, Contains("fabrikam.com"));
    CHECK(text.starts_with("# "));  // what is left out needs no byte order mark
}

TEST_CASE("a script that is not ASCII begins with a byte order mark") {
    auto each = partner();
    each.description = "\xC3\xA9";
    CHECK(script_of({partner(), each}).starts_with(byte_order_mark));
}

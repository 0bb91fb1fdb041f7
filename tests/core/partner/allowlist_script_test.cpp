#include "core/partner/allowlist_script.hpp"

#include <catch2/catch.hpp>

using namespace xmppfed::core;
using Catch::Contains;

namespace {

Partner partner() {
    Partner partner;
    partner.primary_domain = "fabrikam.com";
    return partner;
}

}  // namespace

TEST_CASE("every value is explicit, also those that are not set") {
    const auto text = script_partner(partner());
    CHECK_THAT(text, Contains("New-CsXmppAllowedPartner -Identity 'fabrikam.com' -AdditionalDomains $null "
                              "-Description '' -PartnerType 'PublicUnverified' -TlsNegotiation 'Required' "
                              "-SaslNegotiation 'Required' -SupportDialbackNegotiation $false -EnableKeepAlive $true "
                              "-ConnectionLimit $null -ProxyFqdn $null -WhatIf:$WhatIfPreference\n"));
    CHECK_THAT(text, Contains("Set-CsXmppAllowedPartner -Identity 'fabrikam.com' -AdditionalDomains $null "));
    CHECK(script_wish(partner()) == "    'fabrikam.com' = @()\n");
}

TEST_CASE("texts are quoted and sets replaced") {
    auto each = partner();
    each.description = "it's $(Get-Date)\n";
    each.additional_domains = {"a.fabrikam.com", "b.fabrikam.com"};
    each.type = PartnerType::federated;
    each.negotiation = {Level::optional, Level::not_supported, true};
    each.connection_limit = 5;
    each.proxy_fqdn = "p.fabrikam.com";
    const auto text = script_partner(each);
    CHECK_THAT(text, Contains("-Description 'it''s $(Get-Date)\n'"));
    CHECK_THAT(text, Contains("-AdditionalDomains @{Replace = @('a.fabrikam.com', 'b.fabrikam.com')}"));
    CHECK_THAT(text, Contains("-AdditionalDomains @('a.fabrikam.com', 'b.fabrikam.com')"));
    CHECK_THAT(text, Contains("-PartnerType 'Federated' -TlsNegotiation 'Optional' -SaslNegotiation 'NotSupported' "
                              "-SupportDialbackNegotiation $true"));
    CHECK_THAT(text, Contains("-ConnectionLimit 5 -ProxyFqdn 'p.fabrikam.com'"));
    CHECK(script_wish(each) == "    'fabrikam.com' = @('a.fabrikam.com', 'b.fabrikam.com')\n");
}

#pragma once

#include <array>
#include <string_view>

#include "core/text/json/placed_json.hpp"

/// The two kinds of files that hold partners: manifests, and what `Get-CsXmppAllowedPartner | ConvertTo-Json` wrote,
/// with the gateway beside them or alone. A
/// reader of one knows the other by its keys, to say which command takes it. Only those readers use this.
namespace xmppfed::core::partner_forms {

/// The keys of a manifest that is one document.
inline constexpr std::array<std::string_view, 5> document_keys{"format_version", "kind", "edge", "gateway", "partners"};

/// A property of the objects that Get-CsXmppAllowedPartner writes, and our field. Everything else that such an object
/// has (Anchor, ScopeClass, ...) says nothing of the partner.
struct Property {
    std::string_view name;
    std::string_view key;
};
inline constexpr std::array properties{
    Property{"Domain", "primary_domain"},
    Property{"Identity", "primary_domain"},
    Property{"AdditionalDomains", "additional_domains"},
    Property{"Description", "description"},
    Property{"PartnerType", "type"},
    Property{"TlsNegotiation", "tls"},
    Property{"SaslNegotiation", "sasl"},
    Property{"SupportDialbackNegotiation", "dialback"},
    Property{"EnableKeepAlive", "keepalive"},
    Property{"ConnectionLimit", "connection_limit"},
    Property{"ProxyFqdn", "proxy_fqdn"},
};

/// The object around the whole array that Windows PowerShell 5.1 sometimes writes beside its Count.
inline constexpr std::string_view wrapped_array = "value";
[[nodiscard]] bool is_wrapped_array(const PlacedJson& value);

/// Whether the object is what Get-CsXmppGatewayConfiguration writes: it has a property that no partner has.
[[nodiscard]] bool is_of_gateway(const PlacedJson& value);

/// Whether an object has a document key.
[[nodiscard]] bool is_document(const PlacedJson& value);

/// Whether the value belongs to a manifest: a document, or an object with keys of a partner and no property.
[[nodiscard]] bool is_of_manifest(const PlacedJson& value);

/// Whether the value belongs to what the cmdlets wrote: a wrapped array, an object with an identity and no key of ours,
/// or the gateway.
[[nodiscard]] bool is_of_deployment(const PlacedJson& value);

}  // namespace xmppfed::core::partner_forms

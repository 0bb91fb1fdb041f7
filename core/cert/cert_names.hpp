#pragma once

#include <string>
#include <string_view>

#include "core/field/enumeration.hpp"

namespace xmppfed::core {

/// The kinds of names that a certificate's subjectAltName carries for federation.
enum class NameType {
    dns,        ///< DNS-ID: dNSName, A-labels (RFC 9525)
    srv,        ///< SRV-ID: otherName id-on-dnsSRV, IA5String (RFC 4985)
    xmpp_addr,  ///< XmppAddr: otherName id-on-xmppAddr, UTF8String (RFC 6120 13.7.1.4)
};

/// What a wildcard name begins with: it stands for the one label on its left (RFC 9525, 6.3).
inline constexpr std::string_view wildcard = "*.";

/// Why a name is in the request.
enum class NameSource { access_edge, web_conferencing, sip_domain, xmpp_domain, additional };

struct CertName {
    NameType type = NameType::dns;
    std::string value;
    NameSource source = NameSource::additional;

    bool operator==(const CertName&) const = default;
};

template <>
std::span<const EnumValue> values_of<NameType>();
template <>
std::span<const EnumValue> values_of<NameSource>();

}  // namespace xmppfed::core

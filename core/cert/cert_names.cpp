#include "core/cert/cert_names.hpp"

#include <array>

namespace xmppfed::core {

namespace {

constexpr std::array name_types{
    EnumValue{"dns", "a DNS-ID: the name of a host or of a domain"},
    EnumValue{"srv", "an SRV-ID: the XMPP server-to-server service of a domain"},
    EnumValue{"xmpp-addr", "an XmppAddr: the domain as it stands in an XMPP address"},
};

constexpr std::array sources{
    EnumValue{"access-edge", "the Access Edge service"},
    EnumValue{"web-conferencing", "the Web Conferencing Edge service"},
    EnumValue{"sip-domain", "a SIP domain of the edge"},
    EnumValue{"xmpp-domain", "an XMPP domain of the edge"},
    EnumValue{"additional", "asked for with this request"},
};

}  // namespace

template <>
std::span<const EnumValue> values_of<NameType>() {
    return name_types;
}

template <>
std::span<const EnumValue> values_of<NameSource>() {
    return sources;
}

}  // namespace xmppfed::core

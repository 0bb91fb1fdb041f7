#pragma once

#include <string>
#include <string_view>

namespace xmppfed::net {

/// RFC 4648 section 4; "=" for an empty text, as SASL has it (RFC 6120 section 6.4.2).
[[nodiscard]] std::string base64(std::string_view octets);

}  // namespace xmppfed::net

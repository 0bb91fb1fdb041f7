#pragma once

#include <string>
#include <string_view>

namespace xmppfed::pki {

/// The SHA-256 of a text, in lower-case hexadecimal digits, as sha256sum(1) prints it.
[[nodiscard]] std::string sha256_of(std::string_view text);

}  // namespace xmppfed::pki

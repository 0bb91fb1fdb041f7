#pragma once

#include <string>
#include <string_view>

namespace xmppfed::net {

/// What the options of an OPT record (RFC 6891 section 6.1.2) say of an error, by RFC 8914: its name and the server's
/// own words, safe for a terminal. "" when there is nothing of that kind, or when the options are cut off.
[[nodiscard]] std::string extended_error_text(std::string_view options);

}  // namespace xmppfed::net

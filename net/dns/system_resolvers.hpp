#pragma once

#include <string_view>
#include <vector>

#include "net/address.hpp"

namespace xmppfed::net {

inline constexpr std::uint16_t dns_port = 53;

/// The servers that a resolv.conf(5) names, at most three, as glibc takes them; the local one where it names none.
[[nodiscard]] std::vector<Address> resolvers_in(std::string_view configuration);

/// Those of the system's configuration. The file itself is read, not asked for by glibc's resolver, which hides what a
/// server says of DNSSEC.
[[nodiscard]] std::vector<Address> system_resolvers();

}  // namespace xmppfed::net

#pragma once

#include <string_view>

#include "store/location.hpp"

namespace xmppfed::store {

/// How the address of a store begins: `scheme://` (RFC 3986 section 3.1, any case) or `service=`, as databases have
/// them. "" for a path.
[[nodiscard]] std::string_view beginning_of_address(std::string_view name);

/// Whether a store of that address can be reached: `postgresql://…`, `postgres://…` or `service=NAME`.
[[nodiscard]] bool is_known_address(std::string_view address);

/// Whether an address has a password in it, which belongs on no command line, in no environment and in no settings.
[[nodiscard]] bool has_password(std::string_view address);

/// The location of a store that is named: by an absolute path, or by an address that is known.
[[nodiscard]] Location location_of(std::string_view name);

}  // namespace xmppfed::store

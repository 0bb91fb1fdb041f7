#pragma once

#include <string_view>

namespace xmppfed::app {

/// The text of `servers/prosody/mod_xmppfed.lua`, which enforces a policy inside Prosody.
[[nodiscard]] std::string_view prosody_module();

}  // namespace xmppfed::app

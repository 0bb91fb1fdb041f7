#pragma once

#include <string_view>

namespace xmppfed::cli {

/// The prose of a page in man/, "rules.7", as it is written there; "" for one that is not part of the executable.
/// Generated at build time.
[[nodiscard]] std::string_view manual_source(std::string_view page);

}  // namespace xmppfed::cli

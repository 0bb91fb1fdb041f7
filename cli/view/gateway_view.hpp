#pragma once

#include "cli/view/layout/display.hpp"
#include "core/gateway/gateway.hpp"

namespace xmppfed::cli::view {

/// Prints the gateway's settings in the format asked for; text shows diagnostics only when they are given.
void print_gateway(const Display& display, const core::Gateway& gateway, const core::Diagnostics& diagnostics,
                   const core::Diagnostics& shown_diagnostics);

}  // namespace xmppfed::cli::view

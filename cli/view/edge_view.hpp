#pragma once

#include "cli/view/layout/display.hpp"
#include "core/edge/edge.hpp"

namespace xmppfed::cli::view {

/// Prints the edge in the format asked for; text shows diagnostics only when they are given.
void print_edge(const Display& display, const core::Edge& edge, const core::Diagnostics& diagnostics,
                const core::Diagnostics& shown_diagnostics);

}  // namespace xmppfed::cli::view

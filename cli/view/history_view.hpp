#pragma once

#include "cli/view/list_view.hpp"

namespace xmppfed::cli::view {

/// A list of entries of the history. Its table tells what an update changed, from the old value to the new one.
[[nodiscard]] ListShape history_shape();

}  // namespace xmppfed::cli::view

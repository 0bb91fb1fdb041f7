#pragma once

#include "cli/view/layout/list_view.hpp"

namespace xmppfed::cli::view {

/// A list of entries of the history. Its table tells what an update changed, from the old value to the new one.
/// CSV has the role of the database where the store is shared.
[[nodiscard]] ListShape history_shape(bool is_shared);

}  // namespace xmppfed::cli::view

#pragma once

#include "core/diagnostic.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// Warnings about what processes that were killed have left where certificates are put: directories that never got their
/// number, and numbered ones that no request on record is in, above all where servers find them by `current`. Of a
/// certificate that is in use on record, that `current` leads to another is not told here.
[[nodiscard]] core::Diagnostics interrupted_assignments(store::Reader& reader);

}  // namespace xmppfed::app

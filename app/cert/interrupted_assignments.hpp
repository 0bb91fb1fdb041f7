#pragma once

#include <string_view>

#include "core/diagnostic.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// Warnings about what processes that were killed have left where certificates are put: directories that never got their
/// number, and numbered ones that no request on record is in, above all where servers find them by `current`. Of a
/// certificate that is in use on record, that `current` leads to another is not told here. What is on another host than
/// `here` is left to that.
[[nodiscard]] core::Diagnostics interrupted_assignments(store::Reader& reader, std::string_view here);

}  // namespace xmppfed::app

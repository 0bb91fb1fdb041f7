#pragma once

#include "cli/context.hpp"

namespace xmppfed::cli {

/// The members of a document of kind `store`: where it is, and what is in it; null for what a missing store does not
/// have.
[[nodiscard]] core::Json store_members(Context& context);

/// Prints them as text, one a line.
void print_store(Context& context, const core::Json& members);

}  // namespace xmppfed::cli

#pragma once

#include "cli/commands/book/manifest_options.hpp"
#include "cli/context.hpp"
#include "cli/exit_code.hpp"

namespace xmppfed::cli {

/// Applies a manifest in one commit and prints what it changed: `apply` and `partner import`. On a terminal it asks
/// before partners are removed.
ExitCode apply_manifest(Context& context, ManifestOptions options, const core::FormChoice& form);

}  // namespace xmppfed::cli

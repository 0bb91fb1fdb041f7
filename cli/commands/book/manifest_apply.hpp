#pragma once

#include "cli/commands/book/manifest_options.hpp"
#include "cli/context.hpp"
#include "cli/exit_code.hpp"

namespace xmppfed::cli {

/// Applies a manifest in one commit and prints what it changed: `apply` and `partner import`. On a terminal it asks
/// before partners are removed. `names` are what hints call the keys of the file.
ExitCode apply_manifest(Context& context, ManifestOptions options, app::ManifestReading reading,
                        core::KeyNames names = core::manifest_name);

}  // namespace xmppfed::cli

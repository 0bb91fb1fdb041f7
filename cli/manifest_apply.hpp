#pragma once

#include "cli/manifest_options.hpp"

namespace xmppfed::cli {

/// Applies a manifest in one commit and prints what it changed: `apply` and `partner import`.
ExitCode apply_manifest(Context& context, const ManifestOptions& options, ManifestReading reading);

}  // namespace xmppfed::cli

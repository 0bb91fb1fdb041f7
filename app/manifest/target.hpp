#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/circumstances.hpp"
#include "app/manifest/manifest_file.hpp"
#include "core/diagnostics_log.hpp"
#include "core/manifest/partner_file.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// A file that says what a store is to become, and how it does.
struct Manifest {
    ManifestFile& file;
    core::FormChoice form = core::as_manifest;
    bool prune = false;  ///< partners that it does not name are removed
};

/// What a store is to become: a manifest that was read, which may be compared with one view of a store after the other.
struct Target {
    std::string file;  ///< what diagnostics call it
    core::KeyNames names = core::manifest_name;
    bool prune = false;
    std::unique_ptr<store::Spool> spool;
    std::optional<std::pair<core::Edge, core::Places>> edge = {};
    std::optional<std::pair<core::Gateway, core::Places>> gateway = {};
    core::DiagnosticsLog diagnostics = {};  ///< on what could not be read
    std::int64_t named = 0;                 ///< how many partners it names
};

/// Reads a manifest, once, to its end, while nobody holds a lock. `on_diagnostic` is told as it is read. Throws failed
/// when the file cannot be read, and when somebody interrupts it.
[[nodiscard]] Target read_target(const Circumstances& circumstances, store::Store& store, const Manifest& manifest,
                                 const std::function<void(const core::Diagnostics&)>& on_diagnostic = {});

/// Says of a diagnostic which file it is in, and speaks to its author in the file's own words.
void locate_in(const Target& target, core::Diagnostic& diagnostic);

}  // namespace xmppfed::app

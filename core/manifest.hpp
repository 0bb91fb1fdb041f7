#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/diagnostic.hpp"
#include "core/edge.hpp"
#include "core/json_source.hpp"
#include "core/partner.hpp"

namespace xmppfed::core {

/// Where a partner or the edge stands in a manifest: the object, and the value of each field that it names, in the
/// order of the field table.
struct Places {
    static constexpr std::size_t most_fields = 12;

    Place object;
    std::array<Place, most_fields> fields{};

    bool operator==(const Places&) const = default;
};

/// A short text that keeps places beside a staged partner, and back. The text must be one that `to_text` wrote.
[[nodiscard]] std::string to_text(const Places& places);
[[nodiscard]] Places places_from_text(std::string_view text);

/// Gives findings on a partner or the edge their line and column: those of their field, or else of the object.
void locate_partner_findings(Diagnostics& findings, const Places& places);
void locate_edge_findings(Diagnostics& findings, const Places& places);

/// Who takes what a manifest says, as it is read: a manifest may be longer than memory.
struct ManifestSink {
    std::function<void(const Partner& partner, const Places& places)> partner;
    std::function<void(const Edge& edge, const Places& places)> edge;
    std::function<void(Diagnostic finding)> finding;  ///< of the rule `manifest-invalid`
};

/// Reads a manifest to its end, or to the first place where it is no JSON any more. What one partner lacks or has too
/// much is a finding, and reading goes on.
void read_manifest(JsonSource& source, const ManifestSink& sink);

/// The same for what `Get-CsXmppAllowedPartner | ConvertTo-Json` wrote: an array of objects, or one object.
void read_allowlist(JsonSource& source, const ManifestSink& sink);

/// A partner as a manifest names it: the fields that a user sets.
[[nodiscard]] Json manifest_form(const Partner& partner);

/// The edge as a manifest names it.
[[nodiscard]] Json manifest_form(const Edge& edge);

}  // namespace xmppfed::core

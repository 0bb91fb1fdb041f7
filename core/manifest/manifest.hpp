#pragma once

#include <array>
#include <bitset>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.hpp"
#include "core/edge/edge.hpp"
#include "core/field/field.hpp"
#include "core/gateway/gateway.hpp"
#include "core/partner/partner.hpp"
#include "core/text/json/json_source.hpp"

namespace xmppfed::core {

/// Where a partner, the edge or the gateway stands in a manifest: the object, and the value of each field that it names,
/// in the order of the field table.
struct Places {
    Place object;
    std::array<Place, most_fields> fields{};
    std::map<std::size_t, std::vector<Place>> items{};  ///< of a field that is a set: its items, in the subject's order
    std::bitset<most_fields> unreadable{};              ///< fields whose value is not what was given

    bool operator==(const Places&) const = default;
};

/// A short text that keeps places beside a staged partner, and back. The text must be one that `to_text` wrote.
[[nodiscard]] std::string to_text(const Places& places);
[[nodiscard]] Places places_from_text(std::string_view text);

/// Gives diagnostics on a partner, the edge or the gateway their line and column: those of the item or field, or else of
/// the object. What rules found in the default of a field that could not be read is dropped: that diagnostic is made
/// already.
void locate_partner_diagnostics(Diagnostics& diagnostics, const Places& places);
void locate_edge_diagnostics(Diagnostics& diagnostics, const Places& places);
void locate_gateway_diagnostics(Diagnostics& diagnostics, const Places& places);

/// Who takes what a manifest says, as it is read: a manifest may be longer than memory.
struct ManifestSink {
    std::function<void(const Partner& partner, const Places& places)> partner;
    std::function<void(const Edge& edge, const Places& places)> edge;
    std::function<void(const Gateway& gateway, const Places& places)> gateway;
    std::function<void(Diagnostic diagnostic)> diagnostic;  ///< of the rule `manifest-invalid`
};

/// Reads a manifest to its end, or to the first place where it is no JSON any more. What one partner lacks or has too
/// much is a diagnostic, and reading goes on.
void read_manifest(JsonSource& source, const ManifestSink& sink);

/// The same for what `Get-CsXmppAllowedPartner | ConvertTo-Json` wrote: an array of objects, or one object. What
/// `Get-CsXmppGatewayConfiguration | ConvertTo-Json` wrote may stand there too, among them, behind them or alone.
void read_allowlist(JsonSource& source, const ManifestSink& sink);

/// The same for CSV with a header of JSON keys, as `partner list -o csv` writes it and spreadsheets save it. What the store
/// keeps is passed over; an empty cell is the default.
void read_partner_csv(JsonSource& source, const ManifestSink& sink);

/// The name of the property that is our field with that key; the key itself where there is none.
[[nodiscard]] std::string_view allowlist_name(std::string_view key);

/// A partner as a manifest names it: the fields that a user sets.
[[nodiscard]] Json manifest_form(const Partner& partner);

/// The edge as a manifest names it.
[[nodiscard]] Json manifest_form(const Edge& edge);

}  // namespace xmppfed::core

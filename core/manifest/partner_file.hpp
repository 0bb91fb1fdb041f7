#pragma once

#include <functional>

#include "core/manifest/hint_keys.hpp"
#include "core/manifest/manifest.hpp"

namespace xmppfed::core {

/// A form in which a file names partners: what reads it, and what hints call its keys.
struct PartnerFileForm {
    void (*read)(JsonSource& source, const ManifestSink& sink);
    KeyNames names;
};

/// The form of a file, by a look at how its text begins.
using FormChoice = std::function<PartnerFileForm(JsonSource& source)>;

[[nodiscard]] PartnerFileForm as_manifest(JsonSource& source);
[[nodiscard]] PartnerFileForm as_allowlist(JsonSource& source);
[[nodiscard]] PartnerFileForm as_partner_csv(JsonSource& source);

/// What Get-CsXmppAllowedPartner wrote when the text begins as JSON does, else CSV.
[[nodiscard]] PartnerFileForm as_import(JsonSource& source);

}  // namespace xmppfed::core

#pragma once

#include "cli/line/options.hpp"
#include "core/partner/partner_change.hpp"

namespace xmppfed::cli {

/// Whether help shows what a field is when the option is left out.
enum class Defaults { shown, none };

/// The options of a partner's fields, from the field table, and --preset.
void bind_partner_fields(OptionSet& options, core::PartnerChange& change, Defaults defaults);

/// --preset, for a command of its own.
void bind_preset(OptionSet& options, std::optional<core::Preset>& preset);

}  // namespace xmppfed::cli

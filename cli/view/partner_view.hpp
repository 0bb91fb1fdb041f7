#pragma once

#include "cli/view/display.hpp"
#include "cli/view/list_view.hpp"
#include "core/partner/partner.hpp"

namespace xmppfed::cli::view {

/// A list of partners.
[[nodiscard]] ListShape partner_list_shape();

/// The options of a list on a display.
[[nodiscard]] ListOptions list_options(const Display& display);

/// Which diagnostics the text form shows; JSON has them all.
enum class DiagnosticsInText { all, none };

/// Prints one partner in the format asked for.
void print_partner(const Display& display, const core::CommittedPartner& partner, const core::Diagnostics& diagnostics,
                   DiagnosticsInText in_text);

/// Prints what a commit made of a partner, unless --quiet drops it.
void print_committed(const Display& display, const core::CommittedPartner& partner,
                     const core::Diagnostics& diagnostics);

/// What a partner type allows the partner's users.
[[nodiscard]] std::string permissions_text(core::PartnerType type);

/// What each partner type allows them, to choose from, and which of them is meant for public providers.
[[nodiscard]] std::string permissions_of_all_types();

/// Prints diagnostics as text, each with its hint: what a check was asked for.
void print_diagnostics(const Display& display, const core::Diagnostics& diagnostics, std::string_view indent);

/// The same for diagnostics on many partners: each begins with the name of its partner.
void print_diagnostics_by_partner(const Display& display, const core::Diagnostics& diagnostics);

}  // namespace xmppfed::cli::view

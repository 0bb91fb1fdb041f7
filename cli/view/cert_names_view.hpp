#pragma once

#include <optional>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "cli/view/layout/display.hpp"
#include "core/cert/cert_names.hpp"

namespace xmppfed::cli::view {

/// What is needed, name by name, and whether it is there: each {type, value, source, present}.
[[nodiscard]] core::Json names_json(std::span<const core::CertName> needed, std::span<const core::CertName> present);

/// Names that are there and not needed, each {type, value}.
[[nodiscard]] core::Json surplus_json(std::span<const core::CertName> needed, std::span<const core::CertName> present);

/// Prints what a check of a certificate found, under `heading`: members of the document are `members`, the names that
/// `names_json` gave and, of a certificate in use, `surplus_json`, the numbers of errors and warnings, and the diagnostics.
/// JSON lines and CSV are the names; `row_members` stand in each of them.
void print_cert_diagnostics(const Display& display, std::string_view kind, const std::string& heading,
                            core::Json members, const core::Json& names, const core::Diagnostics& diagnostics,
                            const std::optional<core::Json>& surplus = std::nullopt,
                            const core::Json& row_members = core::Json::object());

}  // namespace xmppfed::cli::view

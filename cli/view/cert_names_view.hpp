#pragma once

#include <span>
#include <string>

#include "cli/context.hpp"
#include "core/cert_names.hpp"

namespace xmppfed::cli::view {

/// What is needed, name by name, and whether it is there: each {type, value, source, present}.
[[nodiscard]] core::Json names_json(std::span<const core::CertName> needed, std::span<const core::CertName> present);

/// Prints what a check of a certificate found, under `heading`: members of the document are `members`, the names that
/// `names_json` gave, the numbers of errors and warnings, and the findings.
void print_cert_findings(Context& context, std::string_view kind, const std::string& heading, core::Json members,
                         const core::Json& names, const core::Diagnostics& diagnostics);

}  // namespace xmppfed::cli::view

#pragma once

#include "cli/view/layout/display.hpp"
#include "core/cert/certificate_standing.hpp"

namespace xmppfed::cli::view {

/// Prints how the certificate in use stands, in the format asked for; JSON is of kind `cert-status`.
void print_standing(const Display& display, const core::CertificateStanding& standing);

}  // namespace xmppfed::cli::view

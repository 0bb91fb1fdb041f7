#pragma once

#include "cli/terminal/messages.hpp"
#include "core/cert/cert_request.hpp"
#include "core/cert/certificate.hpp"

namespace xmppfed::cli {

/// Looks at the files that servers find the certificate of a request in: `cert-files-differ` where they are not those on
/// record, and a note for what may not be read. Nothing for a key that lives on Windows.
[[nodiscard]] core::Diagnostics check_assigned_files(Messages& messages, const core::CertRequest& request,
                                                     const core::Certificate& certificate);

}  // namespace xmppfed::cli

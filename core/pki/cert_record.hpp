#pragma once

#include <chrono>

#include "core/cert/cert_request.hpp"
#include "core/diagnostic.hpp"

namespace xmppfed::pki {

/// What does not fit together in what the store has on record of a request. Its CSR and its certificate are read again,
/// and compared with the names, the subject, the key, the dates and the digests that stand beside them; each certificate
/// of the chain has to have issued the one before it. A text that cannot be read is a diagnostic too. Nothing that a rule
/// says of the certificate as it is today is among them.
[[nodiscard]] core::Diagnostics check_record(const core::CertRequest& request, std::chrono::sys_seconds now);

}  // namespace xmppfed::pki

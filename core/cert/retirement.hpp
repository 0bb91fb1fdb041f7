#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cert/cert_request.hpp"
#include "core/cert/certificate.hpp"
#include "core/change_set.hpp"

/// Certificates that are never used again. What one request was retired for holds for the same certificate of another
/// request, and a compromised key for every certificate of that key.
namespace xmppfed::core {

/// The public key of a request, in DER; empty where it is not known.
using KeyOf = std::function<std::string(const CertRequest&)>;

/// Takes a certificate out of use for good, or gives another reason for that. The same again changes nothing. Throws a
/// conflict where the state of the request does not allow it.
[[nodiscard]] ChangeSet retire_certificate(const CertRequest& request, const std::vector<CertRequest>& all,
                                           RetirementReason reason, std::string_view now, const KeyOf& key_of);

/// The request that was retired since that public key is compromised; null when none was.
[[nodiscard]] const CertRequest* compromised_with(std::span<const CertRequest> all, const std::string& public_key,
                                                  const KeyOf& key_of);

/// Throws a conflict when the certificate of a request, or one that is meant for it, must not be used: it was retired with
/// another request, or its key is compromised.
void refuse_retired(const CertRequest& request, const Certificate& certificate, std::span<const CertRequest> all,
                    const KeyOf& key_of);

/// `cert-retired` when the certificate in use was retired, with whichever request, or its key is compromised.
[[nodiscard]] Diagnostics check_retired(const CertRequest& in_use, const Certificate& certificate,
                                        std::span<const CertRequest> all, const KeyOf& key_of);

/// What puts another certificate in the place of a retired one, as a hint.
[[nodiscard]] std::string replacement_of(const CertRequest& retired);

}  // namespace xmppfed::core

#pragma once

#include "app/cert/request/secrets.hpp"
#include "core/cert/cert_request.hpp"
#include "core/cert/certificate.hpp"
#include "core/pki/key.hpp"

namespace xmppfed::app {

/// The CSR of a request that has one, parsed. Throws failed when the store has something else there.
[[nodiscard]] core::CertContent csr_of(const core::CertRequest& request);

/// The public key that a request was made with, in DER; empty when it is made on Windows.
[[nodiscard]] std::string public_key_of(const core::CertRequest& request);

/// The same, or that of the certificate that was imported for a key that lives on Windows; empty before.
[[nodiscard]] std::string known_key_of(const core::CertRequest& request);

/// The latest of these requests that has that public key, in DER; null when none has.
[[nodiscard]] const core::CertRequest* request_of_key(const std::vector<core::CertRequest>& requests,
                                                      const std::string& public_key);

/// Throws a conflict when one of the requests was retired because that public key, in DER, is compromised.
void refuse_compromised(const std::vector<core::CertRequest>& requests, const std::string& public_key);

/// The private key in the text of a key file, which errors name. Throws as `pki::KeyPair::from_pem` does.
[[nodiscard]] pki::KeyPair opened_key(const std::string& path, const pki::Secret& pem, const pki::Secret& passphrase);

/// The key file of a request, which nobody named, as it is. Throws not-found when it is gone, with what then helps.
[[nodiscard]] pki::Secret read_key_file(const std::string& path, std::int64_t request);

/// The private key of a request: its file as it is, and opened.
struct RequestKey {
    pki::Secret pem;
    pki::KeyPair pair;
};

/// Reads the key of a request. Throws not-found when the file is gone, a conflict when the key lives on Windows, and a
/// refusal by `cert-key-mismatch` when it is not the certificate's.
[[nodiscard]] RequestKey key_of(const core::CertRequest& request, const core::Certificate& certificate,
                                const pki::Secret& passphrase);

/// Whether a text is the private key that a request was made with. Throws a usage error for an encrypted one that the
/// passphrase is missing for, failed for a wrong passphrase.
[[nodiscard]] bool is_key_of(const core::CertRequest& request, const pki::Secret& pem, const pki::Secret& passphrase);

inline constexpr std::size_t longest_key_file = std::size_t{1024} * 1024;

/// What the key file of a request tells without a passphrase. Another key is one that the CSR was not made with.
enum class KeyFileState { right, missing, closed, encrypted, damaged, another };

/// Looks at the key file of a request that has one, or at any file that ought to hold a key; its public key is in DER.
[[nodiscard]] KeyFileState look_at_key(const core::CertRequest& request);
[[nodiscard]] KeyFileState look_at_key(const std::string& path, const std::string& public_key);

}  // namespace xmppfed::app

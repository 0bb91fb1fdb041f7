#pragma once

#include <openssl/x509.h>

#include "core/cert/certificate.hpp"

/// OpenSSL's objects as the facts that the rules look at. Every function throws `core::Error` of kind failed.
namespace xmppfed::pki {

[[nodiscard]] core::Certificate certificate_facts(X509* certificate);

/// Also verifies the request's own signature.
[[nodiscard]] core::CertContent request_facts(X509_REQ* request);

/// Whose it is, in the form of `issuer`.
[[nodiscard]] std::string subject_name(const core::Certificate& certificate);

/// A certificate or a request in PEM.
[[nodiscard]] std::string to_pem(const X509* certificate);
[[nodiscard]] std::string to_pem(const X509_REQ* request);

}  // namespace xmppfed::pki

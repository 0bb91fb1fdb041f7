#pragma once

#include <span>
#include <string>

#include "core/cert/cert_names.hpp"
#include "core/cert/subject.hpp"
#include "core/pki/key.hpp"

namespace xmppfed::pki {

using core::Hash;

/// What a certificate request asks for.
struct CsrContent {
    core::CertSubject subject{};              ///< within its limits: see `core::check_subject`
    std::span<const core::CertName> names{};  ///< at least one; values as they are encoded
    std::string template_name{};  ///< of a Microsoft CA (1.3.6.1.4.1.311.20.2), UTF-8 within the BMP; empty: none
    bool client_auth = true;      ///< extendedKeyUsage has clientAuth beside serverAuth
    Hash hash = Hash::sha256;
};

/// Makes and signs a PKCS#10 request (RFC 2986), version 1, in PEM: the subject's attributes in the order C, ST, L, O,
/// OU, CN, and one extensionRequest with subjectAltName (critical when the subject is empty, RFC 5280 4.2.1.6),
/// keyUsage (critical: digitalSignature, and keyEncipherment for RSA), extendedKeyUsage, and the template. Every
/// value is encoded whole, with its length, so that no character of it can add a name or an attribute. Throws
/// `core::Error` of kind failed with what OpenSSL said as its cause.
[[nodiscard]] std::string make_csr(const CsrContent& content, const KeyPair& key);

}  // namespace xmppfed::pki

#pragma once

#include <openssl/evp.h>

#include <optional>
#include <string>

#include "core/cert/key_kind.hpp"

namespace xmppfed::pki {

/// What a key is; none for anything but RSA and EC on a known curve.
[[nodiscard]] std::optional<core::KeyKind> kind_of(const EVP_PKEY* key);

/// The same in words, whatever it is: `RSA, 2048 bits`, `EC, P-256`, `EC on secp224r1`, `ED25519`.
[[nodiscard]] std::string describe(const EVP_PKEY* key);

/// The SubjectPublicKeyInfo of a key, in DER.
[[nodiscard]] std::string public_der(const EVP_PKEY* key);

/// OpenSSL's name of a curve.
[[nodiscard]] const char* curve_name(core::Curve curve);

}  // namespace xmppfed::pki

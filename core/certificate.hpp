#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/cert_names.hpp"
#include "core/key_kind.hpp"
#include "core/subject.hpp"

namespace xmppfed::core {

/// A public key as the rules see it.
struct PublicKey {
    std::string der;              ///< SubjectPublicKeyInfo: two keys are one when these are equal
    std::string description;      ///< RSA, 2048 bits
    std::optional<KeyKind> kind;  ///< none: neither RSA nor EC on a known curve
    int bits = 0;                 ///< of the modulus or of the field
};

/// What a certificate and a request for one have in common. Names of other kinds than ours are left out.
struct CertContent {
    CertSubject subject;
    std::vector<CertName> names;  ///< DNS names and SRV-IDs in lower case
    PublicKey key;
    bool client_auth = true;      ///< extendedKeyUsage has it, or is not there at all
    std::string signature;        ///< algorithm
    bool weak_signature = false;  ///< by MD5, SHA-1 or older
};

/// A certificate (RFC 5280), as `core/pki` read it.
struct Certificate : CertContent {
    std::string pem;
    std::string issuer;       ///< RFC 4514, UTF-8
    std::string serial;       ///< hexadecimal, upper case
    std::string fingerprint;  ///< SHA-256, hexadecimal, upper case
    std::string thumbprint;   ///< SHA-1, hexadecimal, upper case: how Windows names a certificate
    std::chrono::sys_seconds not_before;
    std::chrono::sys_seconds not_after;  ///< the last second in which it is valid
    bool is_ca = false;
    bool self_issued = false;  ///< subject and issuer are one
};

}  // namespace xmppfed::core

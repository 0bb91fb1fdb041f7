#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/cert/cert_names.hpp"
#include "core/cert/key_kind.hpp"
#include "core/cert/subject.hpp"

namespace xmppfed::core {

/// A public key as the rules see it.
struct PublicKey {
    std::string der;              ///< SubjectPublicKeyInfo: two keys are one when these are equal
    std::string description;      ///< RSA, 2048 bits
    std::optional<KeyKind> kind;  ///< none: neither RSA nor EC on a known curve
    bool is_elliptic = false;     ///< EC, on whatever curve
    int bits = 0;                 ///< of the modulus or of the field; 0 when OpenSSL knows no such key
};

/// What a certificate and a request for one have in common. Names of other kinds than ours are left out.
struct CertContent {
    std::string pem;  ///< the whole, written anew from what was parsed
    CertSubject subject;
    std::vector<CertName> names;  ///< DNS names and SRV-IDs in lower case
    PublicKey key;
    bool server_auth = true;        ///< extendedKeyUsage has it by name, or is not there at all
    bool client_auth = true;        ///< likewise
    bool server_type = true;        ///< the Netscape certificate type, which OpenSSL heeds too, has it, or is not there
    bool client_type = true;        ///< likewise
    bool digital_signature = true;  ///< keyUsage has it, or is not there at all
    bool must_staple = false;       ///< a TLS feature says that its OCSP answer comes with it (RFC 7633)
    std::vector<std::string>
        defects;                  ///< what verifiers refuse in its form, each after "it ": "has two subjectAltName"
    std::string signature;        ///< algorithm
    bool weak_signature = false;  ///< by MD5, SHA-1 or older

    [[nodiscard]] bool is_for_servers() const { return server_auth && server_type; }
    [[nodiscard]] bool is_for_clients() const { return client_auth && client_type; }
};

/// A certificate (RFC 5280), as `core/pki` read it.
struct Certificate : CertContent {
    std::string issuer;       ///< RFC 4514, UTF-8
    std::string serial;       ///< hexadecimal, upper case
    std::string fingerprint;  ///< SHA-256, hexadecimal, upper case
    std::string thumbprint;   ///< SHA-1, hexadecimal, upper case: how Windows names a certificate
    std::chrono::sys_seconds not_before;
    std::chrono::sys_seconds not_after;  ///< the last second in which it is valid
    bool is_ca = false;
    bool self_signed = false;        ///< by its own key: a root. Who only names itself may be a CA's new key
    std::uint32_t subject_hash = 0;  ///< of the canonical name: those of one name have one hash
    std::uint32_t issuer_hash = 0;
};

/// The way from a certificate up to a root, as a verifier goes it (RFC 5280 section 6).
struct CertPath {
    std::vector<Certificate> chain;  ///< what a server sends beside its own: each the issuer of the one before it
    bool has_root = false;           ///< the root that issued the last one is known
    bool is_to_anchors = false;      ///< trusted certificates were given, and the way has to lead to one of them
    bool for_servers = true;         ///< those above the certificate may issue it for servers
    bool for_clients = true;         ///< and for clients
    std::string problem;             ///< why verifiers refuse the way, apart from dates and purposes; or ""
};

}  // namespace xmppfed::core

#pragma once

#include <openssl/asn1.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/pki/cert_content.hpp"
#include "core/pki/key.hpp"
#include "core/pki/openssl.hpp"
#include "tests/pki/keys.hpp"

namespace xmppfed::pki {

/// The time of tests that hand one over.
inline constexpr std::chrono::sys_seconds test_now =
    std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + std::chrono::hours{9};

/// A certificate that a test asks for; the rest is usual.
struct CertWish {
    std::string name;  ///< common name
    bool is_ca = false;
    std::chrono::sys_seconds from = test_now - std::chrono::days{10};
    std::chrono::sys_seconds to = test_now + std::chrono::days{90};
    KeyKind key = quick_key;
    const EVP_MD* digest = EVP_sha256();
    std::vector<std::pair<int, std::string>> extensions = {};  ///< as openssl.cnf spells them; those of a CA are there
};

/// A key and the certificate for it.
struct Holder {
    KeyPair key;
    Handle<X509, X509_free> certificate;

    [[nodiscard]] core::Certificate facts() const { return certificate_facts(certificate.get()); }
    [[nodiscard]] std::string pem() const { return to_pem(certificate.get()); }
};

inline void expect(bool succeeded, const char* what) {
    if (!succeeded) {
        throw std::runtime_error{what};
    }
}

inline void add_extension(X509* certificate, int nid, const std::string& value) {
    const Handle<X509_EXTENSION, X509_EXTENSION_free> made{X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str())};
    expect(made != nullptr && X509_add_ext(certificate, made.get(), -1) == 1, "an extension cannot be made");
}

/// An extension whose content is any octets.
inline Handle<X509_EXTENSION, X509_EXTENSION_free> octets_extension(int nid, std::string_view octets) {
    const Handle<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> data{ASN1_OCTET_STRING_new()};
    ASN1_OCTET_STRING_set(data.get(), reinterpret_cast<const unsigned char*>(octets.data()),
                          static_cast<int>(octets.size()));
    Handle<X509_EXTENSION, X509_EXTENSION_free> made{X509_EXTENSION_create_by_NID(nullptr, nid, 0, data.get())};
    expect(made != nullptr, "an extension cannot be made");
    return made;
}

inline void add_to_name(X509_NAME* name, const char* attribute, std::string_view value, int type = MBSTRING_UTF8) {
    expect(X509_NAME_add_entry_by_txt(name, attribute, type, reinterpret_cast<const unsigned char*>(value.data()),
                                      static_cast<int>(value.size()), -1, 0) == 1,
           "an attribute cannot be set");
}

inline void set_time(ASN1_TIME* time, std::chrono::sys_seconds value) {
    expect(ASN1_TIME_set(time, static_cast<time_t>(value.time_since_epoch().count())) != nullptr,
           "a time cannot be set");
}

/// A certificate that is not signed yet, and that nobody issued.
inline Handle<X509, X509_free> unsigned_certificate(const CertWish& wish, const KeyPair& key) {
    Handle<X509, X509_free> certificate{X509_new()};
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 10);
    set_time(X509_getm_notBefore(certificate.get()), wish.from);
    set_time(X509_getm_notAfter(certificate.get()), wish.to);
    X509_set_pubkey(certificate.get(), key.handle());
    add_to_name(X509_get_subject_name(certificate.get()), "CN", wish.name);
    if (wish.is_ca) {
        add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    }
    for (const auto& [nid, value] : wish.extensions) {
        add_extension(certificate.get(), nid, value);
    }
    return certificate;
}

/// A certificate by `issuer` for a key that exists.
inline Handle<X509, X509_free> certified(const CertWish& wish, const KeyPair& key, const X509_NAME* issuer_name,
                                         const KeyPair& issuer_key) {
    auto certificate = unsigned_certificate(wish, key);
    X509_set_issuer_name(certificate.get(), issuer_name);
    expect(X509_sign(certificate.get(), issuer_key.handle(), wish.digest) > 0, "a certificate cannot be signed");
    return certificate;
}

inline Handle<X509, X509_free> certified(const CertWish& wish, const KeyPair& key, const Holder& issuer) {
    return certified(wish, key, X509_get_subject_name(issuer.certificate.get()), issuer.key);
}

/// A certificate by `issuer` for a key of a kind that this OpenSSL does not know, or that it cannot read.
inline Handle<X509, X509_free> certified_unknown_key(const CertWish& wish, const Holder& issuer, const char* kind) {
    auto certificate = unsigned_certificate(wish, issuer.key);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.certificate.get()));
    X509_PUBKEY_set0_param(X509_get_X509_PUBKEY(certificate.get()), OBJ_txt2obj(kind, 1), V_ASN1_UNDEF, nullptr,
                           static_cast<unsigned char*>(OPENSSL_zalloc(8)), 8);
    expect(X509_sign(certificate.get(), issuer.key.handle(), wish.digest) > 0, "a certificate cannot be signed");
    // Read again: what was decoded before the change would still be there.
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate.get(), &der);
    const Handle<unsigned char, free_octets> owner{der};
    const auto* position = const_cast<const unsigned char*>(der);
    Handle<X509, X509_free> again{d2i_X509(nullptr, &position, size)};
    expect(again != nullptr, "a certificate cannot be read again");
    return again;
}

/// ML-DSA-65, of a standard (FIPS 204) that came after OpenSSL 3.0.
inline constexpr const char* post_quantum = "2.16.840.1.101.3.4.3.18";

/// Makes a key, and a certificate that signs itself.
inline Holder self_signed(const CertWish& wish) {
    auto key = KeyPair::generate(wish.key);
    const Handle<X509_NAME, X509_NAME_free> name{X509_NAME_new()};
    add_to_name(name.get(), "CN", wish.name);
    auto certificate = certified(wish, key, name.get(), key);
    return {std::move(key), std::move(certificate)};
}

/// Makes a key, and a certificate by `issuer`.
inline Holder issued_by(const Holder& issuer, const CertWish& wish) {
    auto key = KeyPair::generate(wish.key);
    auto certificate = certified(wish, key, issuer);
    return {std::move(key), std::move(certificate)};
}

}  // namespace xmppfed::pki

#include "core/pki/key.hpp"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <utility>

#include "core/pki/key_kind.hpp"
#include "core/pki/key_reader.hpp"
#include "core/pki/openssl.hpp"
#include "core/rule/rules.hpp"

namespace xmppfed::pki {

namespace {

/// Rounds of PBKDF2 with HMAC-SHA-256, as OWASP's Password Storage Cheat Sheet advises. OpenSSL's own 2,048 are few.
constexpr int key_rounds = 600'000;
constexpr int salt_size = 16;

}  // namespace

void KeyPair::Free::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

KeyPair KeyPair::generate(const KeyKind& kind) {
    constexpr std::string_view message = "the key pair cannot be made";
    start_openssl();
    const bool ec = kind.algorithm == Algorithm::ec;
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{
        check(EVP_PKEY_CTX_new_from_name(nullptr, ec ? "EC" : "RSA", nullptr), message)};
    check(EVP_PKEY_keygen_init(context.get()), message);
    if (ec) {
        check(EVP_PKEY_CTX_set_group_name(context.get(), curve_name(kind.curve)), message);
    } else {
        check(EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), kind.bits), message);
    }
    EVP_PKEY* key = nullptr;
    check(EVP_PKEY_generate(context.get(), &key), message);
    return adopt(key);
}

KeyPair KeyPair::from_pem(std::string_view pem, const Secret& passphrase) {
    start_openssl();
    return adopt(read_private_key(pem, passphrase).release());
}

KeyPair KeyPair::adopt(evp_pkey_st* key) {
    KeyPair pair{key};
    if (pair.kind().algorithm == Algorithm::ec) {  // a file may have been written otherwise
        constexpr std::string_view message = "the form of the public key cannot be set";
        check(EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING, "named_curve"), message);
        check(EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "uncompressed"), message);
    }
    return pair;
}

Secret KeyPair::to_pem(const Secret& passphrase) const {
    constexpr std::string_view message = "the private key cannot be encoded";
    start_openssl();
    const Handle<BIO, BIO_free> output{check(BIO_new(BIO_s_secmem()), message)};
    const Handle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> plain{check(EVP_PKEY2PKCS8(key_.get()), message)};
    if (passphrase.empty()) {
        check(PEM_write_bio_PKCS8_PRIV_KEY_INFO(output.get(), plain.get()), message);
    } else {
        const auto text = passphrase.text();
        const int size = size_of(text, message);
        Handle<X509_ALGOR, X509_ALGOR_free> cipher{
            check(PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), key_rounds, nullptr, salt_size, nullptr, NID_hmacWithSHA256),
                  message)};
        const Handle<X509_SIG, X509_SIG_free> encrypted{
            check(PKCS8_set0_pbe(text.data(), size, plain.get(), cipher.get()), message)};
        static_cast<void>(cipher.release());  // owned by `encrypted` now
        check(PEM_write_bio_PKCS8(output.get(), encrypted.get()), message);
    }
    return Secret::copy_of(content_of(output.get()));
}

std::string KeyPair::public_der() const {
    start_openssl();
    return pki::public_der(key_.get());
}

KeyKind KeyPair::kind() const {
    if (const auto kind = kind_of(key_.get())) {
        return *kind;
    }
    const std::string message = "the key is neither RSA nor EC on a known curve";
    const auto cause = "it is " + describe(key_.get());
    auto error = core::Error{core::ErrorKind::refused, message}.because(cause).hint(
        "use RSA, or EC on " + core::list_of(core::values_of<Curve>()));
    error.diagnostics.push_back(core::make_diagnostic(core::rule::cert_key_weak, "key", message + ": " + cause));
    throw std::move(error);
}

}  // namespace xmppfed::pki

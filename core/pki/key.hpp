#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/cert/key_kind.hpp"
#include "core/pki/secret.hpp"

struct evp_pkey_st;

namespace xmppfed::pki {

using core::Curve;
using core::KeyKind;
using Algorithm = core::KeyAlgorithm;

/// A key pair. Every function throws `core::Error` of kind failed with what OpenSSL said as its cause.
class KeyPair {
  public:
    /// Makes a new key; takes a second or more for long RSA keys.
    [[nodiscard]] static KeyPair generate(const KeyKind& kind);

    /// Reads the first private key in a PEM text (PKCS#8, encrypted or not, PKCS#1 or SEC 1). Throws a usage error when
    /// the key is encrypted and the passphrase is empty, failed when the passphrase is wrong or the text holds no key,
    /// and a refusal for a key that is neither RSA nor EC on a known curve.
    [[nodiscard]] static KeyPair from_pem(std::string_view pem, const Secret& passphrase);

    /// PKCS#8 in PEM, encrypted by AES-256-CBC with PBKDF2 when the passphrase is not empty.
    [[nodiscard]] Secret to_pem(const Secret& passphrase) const;

    [[nodiscard]] KeyKind kind() const;

    /// The SubjectPublicKeyInfo, as `core::PublicKey::der` has it.
    [[nodiscard]] std::string public_der() const;

    [[nodiscard]] evp_pkey_st* handle() const { return key_.get(); }  ///< owned by this object

  private:
    struct Free {
        void operator()(evp_pkey_st* key) const;
    };
    explicit KeyPair(evp_pkey_st* key) : key_{key} {}
    static KeyPair adopt(evp_pkey_st* key);  ///< throws a refusal; EC keys take the named-curve, uncompressed form
    std::unique_ptr<evp_pkey_st, Free> key_;
};

}  // namespace xmppfed::pki

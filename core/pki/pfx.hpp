#pragma once

#include <span>
#include <string>

#include "core/field/enumeration.hpp"
#include "core/pki/key.hpp"

namespace xmppfed::pki {

/// How a PKCS#12 file is encrypted.
enum class PfxEncryption {
    aes,     ///< AES-256-CBC with PBKDF2 and SHA-256, which Windows Server 2019 and later read
    legacy,  ///< triple DES and SHA-1, which all of them read
};

/// A PKCS#12 file (RFC 7292) in DER: the key, its certificate under the friendly name, and the chain. The texts are PEM.
/// Throws `core::Error` of kind failed, also when key and certificate do not belong together, and a usage error for a
/// password with a NUL character.
[[nodiscard]] Secret make_pfx(const KeyPair& key, const std::string& certificate, const std::string& chain,
                              const std::string& friendly_name, const Secret& password,
                              PfxEncryption encryption = PfxEncryption::aes);

}  // namespace xmppfed::pki

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::pki::PfxEncryption>();

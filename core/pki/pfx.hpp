#pragma once

#include <string>

#include "core/pki/key.hpp"

namespace xmppfed::pki {

/// A PKCS#12 file (RFC 7292) in DER: the key, its certificate under the friendly name, and the chain. Key and
/// certificates are encrypted by AES-256-CBC with PBKDF2, which Windows Server 2019 and later read. The texts are PEM.
/// Throws `core::Error` of kind failed, also when key and certificate do not belong together, and a usage error for a
/// password with a NUL character.
[[nodiscard]] Secret make_pfx(const KeyPair& key, const std::string& certificate, const std::string& chain,
                              const std::string& friendly_name, const Secret& password);

}  // namespace xmppfed::pki

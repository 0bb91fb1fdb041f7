#pragma once

#include <openssl/evp.h>

#include <string_view>

#include "core/pki/key.hpp"
#include "core/pki/openssl.hpp"

namespace xmppfed::pki {

using KeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;

/// The first private key in a PEM text, of whatever algorithm. Asks nobody for a passphrase. Throws as
/// `KeyPair::from_pem` does.
[[nodiscard]] KeyHandle read_private_key(std::string_view pem, const Secret& passphrase);

}  // namespace xmppfed::pki

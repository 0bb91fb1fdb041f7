#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/cert/certificate.hpp"

namespace xmppfed::pki {

/// What a file with certificates or requests holds, in its order.
struct CertFile {
    std::vector<core::Certificate> certificates;
    std::vector<core::CertContent> requests;  ///< PKCS#10, each with a good signature of its own
};

/// A whole trust store has some hundreds.
inline constexpr std::size_t most_in_file = 2000;

/// Reads certificates (RFC 5280), requests (RFC 2986) and PKCS#7 with certificates in it (RFC 2315): one in DER, or any
/// number of blocks in PEM (RFC 7468) with any text around them; a block may be PKCS#7 under the label of a certificate,
/// as Windows CAs send it. `what` names the text in messages. Throws `core::Error` of kind failed for a text that holds
/// none of them or more than `most_in_file`, that is cut off, has octets behind its end, a name with a NUL character or a private key; and for
/// PKCS#12 and UTF-16, with the way to what can be read.
[[nodiscard]] CertFile read_cert_file(std::string_view text, std::string_view what);

}  // namespace xmppfed::pki

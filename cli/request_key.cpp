#include "cli/request_key.hpp"

#include <fmt/format.h>

#include "cli/messages.hpp"
#include "core/rules.hpp"
#include "core/text.hpp"
#include "store/file.hpp"

namespace xmppfed::cli {

RequestKey key_of(const core::CertRequest& request, const core::Certificate& certificate,
                  const pki::Secret& passphrase) {
    if (request.key_file.empty()) {
        throw core::Error{core::ErrorKind::conflict,
                          fmt::format("the key of certificate request {} lives on Windows", request.number)}
            .hint("do it there: Import-CsCertificate and Set-CsCertificate, or Export-PfxCertificate");
    }
    pki::Secret pem{store::read_file("the key file", request.key_file, longest_key_file)};
    auto pair = pki::KeyPair::from_pem(pem.text(), passphrase);
    if (pair.public_der() != certificate.key.der) {
        refuse_unsound(
            {core::make_finding("cert-key-mismatch", "key_file",
                                fmt::format("the key in {} is not the certificate's", core::quote(request.key_file)),
                                "bring back the key that the request was made with")},
            /*strict=*/false);
    }
    return {std::move(pem), std::move(pair)};
}

}  // namespace xmppfed::cli

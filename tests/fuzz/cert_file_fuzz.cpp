#include "core/pki/cert_file.hpp"
#include "core/text/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace xmppfed;
using fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = fuzz::unless_refused([&] { return pki::read_cert_file(fuzz::text_of(data, size), "the file"); });
    if (!file) {
        return 0;
    }
    require(!file->certificates.empty() || !file->requests.empty(), "a file holds something");
    for (const auto& certificate : file->certificates) {
        require(certificate.fingerprint.size() == 64, "a fingerprint is of SHA-256");
        const auto again = pki::read_cert_file(certificate.pem, "the certificate");
        require(again.certificates.size() == 1 && again.certificates.front().fingerprint == certificate.fingerprint,
                "a certificate that is written again is the same");
    }
    return 0;
}

#include "core/pki/key.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace xmppfed;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto key = fuzz::unless_refused([&] { return pki::KeyPair::from_pem(fuzz::text_of(data, size), {}); });
    if (key) {
        const auto pem = key->to_pem({});
        fuzz::require(pki::KeyPair::from_pem(pem.text(), {}).public_der() == key->public_der(),
                      "a key that is written again is the same");
    }
    return 0;
}

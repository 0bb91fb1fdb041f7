#include "core/pki/digest.hpp"

#include <openssl/evp.h>

#include <array>

#include <fmt/format.h>

#include "core/pki/openssl.hpp"

namespace xmppfed::pki {

std::string sha256_of(std::string_view text) {
    start_openssl();
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    check(EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr), "cannot compute a digest");
    std::string digits;
    for (unsigned int i = 0; i < size; ++i) {
        digits += fmt::format("{:02x}", digest.at(i));
    }
    return digits;
}

}  // namespace xmppfed::pki

#include "net/stream/base64.hpp"

#include <openssl/evp.h>

namespace xmppfed::net {

std::string base64(std::string_view octets) {
    if (octets.empty()) {
        return "=";
    }
    constexpr std::size_t group = 3;
    constexpr std::size_t letters = 4;
    std::string text((octets.size() + group - 1) / group * letters + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(octets.data()), static_cast<int>(octets.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

}  // namespace xmppfed::net

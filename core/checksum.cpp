#include "core/checksum.hpp"

namespace xmppfed::core {

void Checksum::add(std::optional<std::string_view> value) {
    ++position_;
    if (value) {  // place and length, so that no two rows with the same letters are one
        mix(position_);
        mix(value->size());
        mix(*value);
    }
}

void Checksum::mix(std::string_view octets) {
    constexpr std::uint64_t prime = 0x100000001b3;
    for (const char octet : octets) {
        state_ = (state_ ^ static_cast<unsigned char>(octet)) * prime;
    }
}

void Checksum::mix(std::uint64_t number) {
    constexpr int octet = 8;
    for (int i = 0; i < octet; ++i) {
        const auto low = static_cast<char>(number & 0xffU);
        mix(std::string_view{&low, 1});
        number >>= octet;
    }
}

}  // namespace xmppfed::core

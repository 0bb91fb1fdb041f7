#include "core/history/checksum.hpp"

#include <array>

namespace xmppfed::core {

namespace {

constexpr std::uint64_t prime = 0x100000001b3;

using Powers = std::array<std::uint64_t, sizeof(std::uint64_t) + 1>;

constexpr Powers powers_of_prime() {
    Powers powers{1};
    for (std::size_t exponent = 1; exponent < powers.size(); ++exponent) {
        powers.at(exponent) = powers.at(exponent - 1) * prime;
    }
    return powers;
}

/// What so many octets of value 0 multiply by: they change nothing before the multiplication.
constexpr Powers zero_octets = powers_of_prime();

}  // namespace

void Checksum::add(std::optional<std::string_view> value) {
    ++position_;
    if (value) {  // place and length, so that no two rows with the same letters are one
        mix(position_);
        mix(value->size());
        mix(*value);
    }
}

void Checksum::mix(std::string_view octets) {
    auto state = state_;
    for (const char octet : octets) {
        state = (state ^ static_cast<unsigned char>(octet)) * prime;
    }
    state_ = state;
}

/// Its eight octets, the lowest first; the zeros behind them at once, for nearly all numbers are small.
void Checksum::mix(std::uint64_t number) {
    constexpr int octet = 8;
    std::size_t left = sizeof number;
    for (; number != 0; number >>= octet) {
        state_ = (state_ ^ (number & 0xffU)) * prime;
        --left;
    }
    state_ *= zero_octets.at(left);
}

}  // namespace xmppfed::core

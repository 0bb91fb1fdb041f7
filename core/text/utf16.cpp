#include "core/text/utf16.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include <unistr.h>

namespace xmppfed::core {

namespace {

constexpr unsigned octet_bits = 8;
constexpr unsigned half_bits = 10;  // that each half of a pair holds
constexpr char32_t first_paired = 0x10000;

bool is_high_surrogate(char16_t unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}

bool is_low_surrogate(char16_t unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

char32_t scalar_of(char16_t high, char16_t low) {
    constexpr unsigned half_mask = (1U << half_bits) - 1;
    return first_paired + ((high & half_mask) << half_bits) + (low & half_mask);
}

void append(std::string& text, char32_t scalar) {
    std::array<std::uint8_t, 6> octets{};
    const auto size = u8_uctomb(octets.data(), scalar, octets.size());
    text.append(octets.begin(), octets.begin() + size);
}

}  // namespace

std::string Utf16Decoder::decode(std::string_view octets) {
    std::string text;
    for (const auto c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        if (!first_octet_) {
            first_octet_ = octet;
            continue;
        }
        const bool is_big = order_ == std::endian::big;
        const unsigned high = is_big ? *first_octet_ : octet;
        const unsigned low = is_big ? octet : *first_octet_;
        first_octet_.reset();
        add(static_cast<char16_t>(high << octet_bits | low), text);
    }
    return text;
}

void Utf16Decoder::add(char16_t unit, std::string& text) {
    const auto high = std::exchange(high_surrogate_, std::nullopt);
    if (high && is_low_surrogate(unit)) {
        append(text, scalar_of(*high, unit));
        return;
    }
    if (high) {
        text += not_utf8;
    }
    if (is_high_surrogate(unit)) {
        high_surrogate_ = unit;
    } else if (is_low_surrogate(unit)) {
        text += not_utf8;
    } else {
        append(text, unit);
    }
}

std::string Utf16Decoder::finish() {
    const bool is_broken = first_octet_ || high_surrogate_;
    first_octet_.reset();
    high_surrogate_.reset();
    return is_broken ? std::string{not_utf8} : std::string{};
}

}  // namespace xmppfed::core

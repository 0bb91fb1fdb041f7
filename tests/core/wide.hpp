#pragma once

#include <bit>
#include <string>
#include <string_view>

namespace xmppfed::core {

/// The octets of a text in UTF-16 with a byte order mark, as Windows PowerShell writes it.
inline std::string utf16_with_mark(std::u16string_view text, std::endian order) {
    std::string octets;
    for (const auto unit : u"\uFEFF" + std::u16string{text}) {
        const auto high = static_cast<char>(unit >> 8U);
        const auto low = static_cast<char>(unit & 0xFFU);
        octets += order == std::endian::big ? high : low;
        octets += order == std::endian::big ? low : high;
    }
    return octets;
}

}  // namespace xmppfed::core

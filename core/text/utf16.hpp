#pragma once

#include <bit>
#include <optional>
#include <string>
#include <string_view>

namespace xmppfed::core {

/// Makes UTF-8 of UTF-16 (RFC 2781) that arrives piece by piece, split anywhere. Half a surrogate pair, or an octet too
/// many at the end, becomes `not_utf8`, which a reader of UTF-8 refuses at its place.
class Utf16Decoder {
  public:
    static constexpr char not_utf8 = '\xFF';

    explicit Utf16Decoder(std::endian order) : order_{order} {}

    [[nodiscard]] std::string decode(std::string_view octets);

    /// What is left when no more octets come.
    [[nodiscard]] std::string finish();

  private:
    void add(char16_t unit, std::string& text);

    std::endian order_;
    std::optional<unsigned char> first_octet_;  ///< of a unit whose second one has not come
    std::optional<char16_t> high_surrogate_;
};

}  // namespace xmppfed::core

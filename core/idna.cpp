#include "core/idna.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include <fmt/format.h>
#include <idn2.h>

#include "core/text.hpp"

namespace xmppfed::core {

namespace {

struct FreeIdn2 {
    void operator()(void* memory) const { idn2_free(memory); }
};

/// Symbols that UTS 46 lets through unless it is told to use STD3's rules, and that IDNA2008 disallows (RFC 5892): not
/// equal, not less, not greater.
bool holds_disallowed(const std::string& label) {
    constexpr std::array signs{"\u2260", "\u226e", "\u226f"};
    const auto decoded = unicode_domain(label);
    return std::ranges::any_of(signs, [&](const char* sign) { return decoded.find(sign) != std::string::npos; });
}

}  // namespace

DomainName idna_label(std::string_view label) {
    std::uint8_t* output = nullptr;
    const std::string terminated{label};
    const int flags = IDN2_NONTRANSITIONAL | IDN2_ALABEL_ROUNDTRIP | IDN2_NFC_INPUT;
    const int status = idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(terminated.c_str()), &output, flags);
    const std::unique_ptr<std::uint8_t, FreeIdn2> owner{output};
    if (status == IDN2_TOO_BIG_LABEL || status == IDN2_PUNYCODE_BIG_OUTPUT) {
        return {{}, fmt::format("has a label of more than {} octets: {}", longest_label, quote(label))};
    }
    if (status != IDN2_OK) {
        return {{},
                fmt::format("has a label that IDNA2008 does not allow: {} ({})", quote(label), idn2_strerror(status))};
    }
    DomainName result{reinterpret_cast<const char*>(output), {}};
    if (holds_disallowed(result.name)) {
        return {{}, fmt::format("has a label that IDNA2008 does not allow: {} (a mathematical sign)", quote(label))};
    }
    return result;
}

std::string unicode_domain(std::string_view domain) {
    std::string text{domain};
    if (text.find(a_label_prefix) == std::string::npos) {
        return text;
    }
    char* output = nullptr;
    const int status = idn2_to_unicode_8z8z(text.c_str(), &output, 0);
    const std::unique_ptr<char, FreeIdn2> owner{output};
    return status == IDN2_OK ? std::string{output} : text;
}

}  // namespace xmppfed::core

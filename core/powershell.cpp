#include "core/powershell.hpp"

#include "core/text.hpp"

namespace xmppfed::core {

namespace {

bool is_quote(char32_t scalar) {
    constexpr char32_t first_curly = 0x2018;
    constexpr char32_t last_curly = 0x201B;
    return scalar == U'\'' || (scalar >= first_curly && scalar <= last_curly);
}

}  // namespace

std::string powershell_string(std::string_view text) {
    std::string quoted = "'";
    for (const auto& character : characters(text)) {
        quoted += character.bytes;
        if (character.valid && is_quote(character.scalar)) {
            quoted += character.bytes;
        }
    }
    return quoted + "'";
}

std::string_view powershell_boolean(bool value) {
    return value ? "$true" : "$false";
}

}  // namespace xmppfed::core

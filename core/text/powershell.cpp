#include "core/text/powershell.hpp"

#include <cstdint>

#include <fmt/format.h>

namespace xmppfed::core {

namespace {

bool is_quote(char32_t scalar) {
    constexpr char32_t first_curly = 0x2018;
    constexpr char32_t last_curly = 0x201B;
    return scalar == U'\'' || (scalar >= first_curly && scalar <= last_curly);
}

/// All that is unsafe is in the basic plane, which a char of .NET holds.
std::uint32_t number_of(const Character& character) {
    constexpr char32_t replacement = 0xFFFD;
    return static_cast<std::uint32_t>(character.valid ? character.scalar : replacement);
}

}  // namespace

std::string powershell_string(std::string_view text, Medium medium) {
    std::string quoted = "'";
    bool is_sum = false;
    bool is_open = true;  // the first operand is a string: it makes the sum one
    for (const auto& character : characters(text)) {
        const bool is_number = medium == Medium::terminal && is_unsafe(character);
        if (is_number) {
            quoted += fmt::format("{} + [char]0x{:04X}", is_open ? "'" : "", number_of(character));
            is_sum = true;
        } else {
            quoted += is_open ? "" : " + '";
            quoted += character.bytes;
            quoted += character.valid && is_quote(character.scalar) ? character.bytes : "";
        }
        is_open = !is_number;
    }
    quoted += is_open ? "'" : "";
    return is_sum ? "(" + quoted + ")" : quoted;
}

std::string_view powershell_boolean(bool value) {
    return value ? "$true" : "$false";
}

}  // namespace xmppfed::core

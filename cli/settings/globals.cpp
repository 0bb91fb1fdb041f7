#include "cli/settings/globals.hpp"

#include <array>

namespace {

using xmppfed::core::EnumValue;

constexpr std::array color_modes{
    EnumValue{"auto", "on a terminal, unless NO_COLOR or TERM=dumb"},
    EnumValue{"always", {}},
    EnumValue{"never", {}},
};

}  // namespace

template <>
std::span<const EnumValue> xmppfed::core::values_of<xmppfed::cli::ColorMode>() {
    return color_modes;
}

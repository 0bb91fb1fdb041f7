#include "cli/terminal/format.hpp"

#include <array>

namespace {

using xmppfed::core::EnumValue;

constexpr std::array formats{
    EnumValue{"table", "for people"},
    EnumValue{"json", "one document"},
    EnumValue{"jsonl", "one item a line"},
    EnumValue{"csv", "RFC 4180 with a header"},
};

}  // namespace

template <>
std::span<const EnumValue> xmppfed::core::values_of<xmppfed::cli::Format>() {
    return formats;
}

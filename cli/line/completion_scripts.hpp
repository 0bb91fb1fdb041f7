#pragma once

#include <span>
#include <string_view>

#include "core/field/enumeration.hpp"

namespace xmppfed::cli {

enum class Shell { bash, zsh, fish };

/// The script in `completions` for that shell.
[[nodiscard]] std::string_view completion_script(Shell shell);

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::Shell>();

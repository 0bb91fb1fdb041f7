#pragma once

#include <string>
#include <string_view>

#include "core/text/text.hpp"

namespace xmppfed::core {

/// The text as a verbatim string of PowerShell: in single quotes, each quote in it doubled. PowerShell takes five
/// characters for a single quote: U+0027, U+2018, U+2019, U+201A and U+201B (about_Quoting_Rules).
/// For a terminal what is unsafe is written as its number, in an expression whose value is the same text:
/// ('one' + [char]0x000A + 'other'). Windows PowerShell 5.1 has no escape for it; a byte that is not UTF-8 is U+FFFD, as it
/// would read a file.
[[nodiscard]] std::string powershell_string(std::string_view text, Medium medium = Medium::file);

/// $true or $false.
[[nodiscard]] std::string_view powershell_boolean(bool value);

}  // namespace xmppfed::core

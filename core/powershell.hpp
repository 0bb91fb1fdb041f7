#pragma once

#include <string>
#include <string_view>

namespace xmppfed::core {

/// The text as a verbatim string of PowerShell: in single quotes, each quote in it doubled. PowerShell takes five
/// characters for a single quote: U+0027, U+2018, U+2019, U+201A and U+201B (about_Quoting_Rules).
[[nodiscard]] std::string powershell_string(std::string_view text);

/// $true or $false.
[[nodiscard]] std::string_view powershell_boolean(bool value);

}  // namespace xmppfed::core

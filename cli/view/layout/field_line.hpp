#pragma once

#include <string>
#include <string_view>

namespace xmppfed::cli::view {

/// "Label:      value", or a dash for an empty value, which is escaped here.
[[nodiscard]] std::string field_line(std::string_view label, const std::string& value);

}  // namespace xmppfed::cli::view

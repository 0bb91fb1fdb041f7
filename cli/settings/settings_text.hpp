#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/settings/setting_table.hpp"

namespace xmppfed::cli {

/// What one settings file says, by key: the strings of a list, one text of anything else, digits of a number.
using SettingTexts = std::array<std::optional<std::vector<std::string>>, setting_count>;

/// Reads a settings file: one object of JSON. Throws a usage error with a diagnostic for each thing that is wrong, each
/// with line and column: broken JSON, a key that is unknown or repeated, a value that its key does not take. A value is
/// never repeated, for it may be a password that does not belong there.
[[nodiscard]] SettingTexts read_settings(std::string_view text, const std::string& file);

}  // namespace xmppfed::cli

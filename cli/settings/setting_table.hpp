#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace xmppfed::cli {

/// What a settings file may say, in the order of the manual.
enum class SettingKey { store, color, wait, warn_days, resolver, ca_file, host, rendered };
inline constexpr std::size_t setting_count = 8;

enum class SettingKind {
    text,    ///< a string
    number,  ///< a whole number
    list,    ///< a string, or an array of strings
};

/// One key of a settings file.
struct SettingRow {
    std::string_view name;
    SettingKind kind;
    std::string_view takes;    ///< "an absolute path": what a value must be
    std::string_view example;  ///< how the file says it
    bool (*accepts)(std::string_view text);
};

/// A row for each key, in their order.
[[nodiscard]] std::span<const SettingRow> setting_rows();

inline constexpr std::int64_t most_wait_seconds = 86400;
inline constexpr std::int64_t most_warn_days = 3650;

}  // namespace xmppfed::cli

#pragma once

#include <array>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "cli/settings/setting_table.hpp"
#include "cli/terminal/world.hpp"

namespace xmppfed::cli {

/// A setting of a file.
struct FileSetting {
    std::vector<std::string> texts;  ///< the strings of a list; one text of anything else
    std::string file;                ///< which says so
};

/// What the settings files say: $XDG_CONFIG_HOME/xmppfed/config.json, else ~/.config/xmppfed/config.json, and what that
/// leaves unsaid, key by key, the machine's file. Empty and relative variables are ignored, as the XDG base directory
/// specification says.
class SettingsFiles {
  public:
    SettingsFiles() = default;

    /// Throws nothing: what is wrong with a file is told when somebody asks, for help has to work all the same.
    explicit SettingsFiles(const World& world);

    /// Throws a usage error when a file is wrong, failed when it cannot be read or is another user's.
    void require_sound() const;

    /// Null when no sound file has the key.
    [[nodiscard]] const FileSetting* find(SettingKey key) const;

    /// The same of a number, and of a list, which is empty when no file has it.
    [[nodiscard]] std::optional<std::int64_t> number(SettingKey key) const;
    [[nodiscard]] std::vector<std::string> list(SettingKey key) const;

  private:
    void add(const std::string& path);

    std::array<std::optional<FileSetting>, setting_count> settings_;
    std::exception_ptr problem_;
};

}  // namespace xmppfed::cli

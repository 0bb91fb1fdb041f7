#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/settings/globals.hpp"
#include "cli/settings/settings_files.hpp"
#include "cli/terminal/style.hpp"
#include "cli/terminal/world.hpp"

namespace xmppfed::cli {

/// A value that an option, the environment, a settings file or a default may decide, and which of them did.
struct Setting {
    std::string value;
    std::string source;  ///< the option, the variable, the path of a file, "terminal" or "default"
};

/// What names the store, an absolute path or the address of a database: --store, else $XMPPFED_STORE, else the setting
/// `store`, else $XDG_DATA_HOME/xmppfed/store.db, else ~/.local/share/xmppfed/store.db. Empty variables and relative ones
/// are ignored, as the XDG base directory specification says. Throws a usage error when nothing is left, when --store is
/// empty, and when --store or $XMPPFED_STORE counts and is an address that leads nowhere or has a password in it.
[[nodiscard]] Setting store_setting(const World& world, const SettingsFiles& files,
                                    const std::optional<std::string>& option);

/// Where this user's files of ours are: `xmppfed` in $XDG_DATA_HOME, else in ~/.local/share. Throws a usage error where
/// neither leads anywhere.
[[nodiscard]] std::string data_directory(const World& world);

/// Whether the user has named the store, by --store, $XMPPFED_STORE or a settings file.
[[nodiscard]] bool is_named(const Setting& store);

/// Whether there are colours on a stream: `always` or `never`. See --color, NO_COLOR (https://no-color.org),
/// TERM=dumb and the setting `color`; what says `auto` leaves it to whether the stream is a terminal.
[[nodiscard]] Setting color_setting(const World& world, const SettingsFiles& files,
                                    const std::optional<ColorMode>& option, bool is_terminal);

/// The style of a stream, by `color_setting`.
[[nodiscard]] Style style_of(const World& world, const SettingsFiles& files, const std::optional<ColorMode>& option,
                             bool is_terminal);

/// How long to wait while another process holds the store: --wait, else the setting `wait`, else 5.
[[nodiscard]] std::chrono::seconds wait_of(const SettingsFiles& files,
                                           const std::optional<std::chrono::seconds>& option);

/// What the machine is called where several share a store: the setting `host`, else its own name.
[[nodiscard]] Setting host_setting(const World& world, const SettingsFiles& files);

/// Where temporary files are made: $TMPDIR, else /tmp.
[[nodiscard]] Setting temporary_directory_setting(const World& world);

}  // namespace xmppfed::cli

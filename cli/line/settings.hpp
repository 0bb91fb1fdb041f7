#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/line/globals.hpp"
#include "cli/terminal/style.hpp"
#include "cli/terminal/world.hpp"

namespace xmppfed::cli {

/// A value that an option, the environment or a default may decide, and which of them did.
struct Setting {
    std::string value;
    std::string_view source;  ///< the option, the variable, "terminal" or "default"
};

/// The absolute path of the store: --store, else $XMPPFED_STORE, else $XDG_DATA_HOME/xmppfed/store.db, else
/// ~/.local/share/xmppfed/store.db. Empty variables and relative ones are ignored, as the XDG base directory
/// specification says. Throws a usage error when nothing is left, when --store is empty, and when the one that counts is
/// an address.
[[nodiscard]] Setting store_setting(const World& world, const std::optional<std::string>& option);

/// Whether the user has named the store, by --store or $XMPPFED_STORE.
[[nodiscard]] bool is_named(const Setting& store);

/// Whether the value of --store or $XMPPFED_STORE is no path but the address of something else: `scheme://…` (RFC 3986
/// section 3.1, any case) or `service=…`, as databases have them.
[[nodiscard]] bool is_store_address(std::string_view value);

/// Whether there are colours on a stream: `always` or `never`. See --color, NO_COLOR (https://no-color.org) and TERM.
[[nodiscard]] Setting color_setting(const World& world, ColorMode mode, bool is_terminal);

/// The style of a stream: what --color says, then NO_COLOR, TERM=dumb, and whether it is a terminal.
[[nodiscard]] Style style_of(const World& world, ColorMode mode, bool is_terminal);

/// Where temporary files are made: $TMPDIR, else /tmp.
[[nodiscard]] Setting temporary_directory_setting(const World& world);

}  // namespace xmppfed::cli

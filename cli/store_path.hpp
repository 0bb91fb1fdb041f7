#pragma once

#include <optional>
#include <string>

#include "cli/world.hpp"

namespace xmppfed::cli {

/// The absolute path of the store: --store, else $XMPPFED_STORE, else $XDG_DATA_HOME/xmppfed/store.db, else
/// ~/.local/share/xmppfed/store.db. Empty variables and relative ones are ignored, as the XDG base directory
/// specification says. Throws a usage error when nothing is left, or when --store is empty.
[[nodiscard]] std::string store_path(const World& world, const std::optional<std::string>& option);

/// A path that a user typed, made absolute.
[[nodiscard]] std::string absolute_path(const World& world, const std::string& path);

}  // namespace xmppfed::cli

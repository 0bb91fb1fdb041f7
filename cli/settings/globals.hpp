#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "cli/terminal/format.hpp"
#include "core/field/enumeration.hpp"

namespace xmppfed::cli {

enum class ColorMode { automatic, always, never };

/// The options that every command has, and those that several have in common.
struct Globals {
    std::optional<std::string> store;
    Format output = Format::table;
    std::optional<std::chrono::seconds> wait;  ///< what --wait says
    std::optional<ColorMode> color;            ///< what --color says
    bool quiet = false;
    bool no_input = false;
    bool help = false;

    bool dry_run = false;      ///< of commands that change something
    std::string message;       ///< the reason that history records
    bool strict = false;       ///< warnings refuse too
    bool interactive = false;  ///< asks page by page; of commands that have pages
};

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::ColorMode>();

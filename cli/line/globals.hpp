#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/enumeration.hpp"

namespace xmppfed::cli {

enum class Format { table, json, jsonl, csv };
enum class ColorMode { automatic, always, never };

/// The formats that a command's output has: the first so many of `Format`.
enum class Formats : std::uint8_t { text = 1, document = 2, lines = 3, items = 4 };

/// The options that every command has, and those that several have in common.
struct Globals {
    std::optional<std::string> store;
    Format output = Format::table;
    std::chrono::milliseconds wait{5000};
    ColorMode color = ColorMode::automatic;
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
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::Format>();
template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::ColorMode>();

namespace xmppfed::cli {

/// The values of --output that a command with these formats takes.
[[nodiscard]] inline std::span<const core::EnumValue> values_of(Formats formats) {
    return core::values_of<Format>().first(static_cast<std::size_t>(formats));
}

}  // namespace xmppfed::cli

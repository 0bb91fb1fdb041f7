#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/line/command.hpp"
#include "cli/terminal/style.hpp"

namespace xmppfed::cli {

/// What `xmppfed`, `xmppfed NOUN` and `xmppfed NOUN VERB --help` print: made from the command table and the options, so
/// that it cannot differ from what they do.
[[nodiscard]] std::string program_help(const Style& style);
[[nodiscard]] std::string noun_help(std::string_view noun, const Style& style);
[[nodiscard]] std::string command_help(const Command& command, const Style& style, std::optional<std::size_t> columns);

/// A name and its explanation, side by side, or one below the other when the name is long or the terminal narrow.
[[nodiscard]] std::string help_entry(std::string_view name, std::string_view meaning, std::size_t width);

/// How wide a text for reading is on a terminal of that many columns; none: on any.
[[nodiscard]] std::size_t help_width(std::optional<std::size_t> columns);

}  // namespace xmppfed::cli

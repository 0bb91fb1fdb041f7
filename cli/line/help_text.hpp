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

}  // namespace xmppfed::cli

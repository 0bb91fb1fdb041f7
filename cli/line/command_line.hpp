#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/line/command.hpp"

namespace xmppfed::cli {

/// A command line with its command found, and the rest still unparsed.
struct CommandLine {
    const Command* command = nullptr;  ///< none: the help of the program, or of `noun`
    std::string_view noun;             ///< set when the line names a noun alone
    std::vector<std::string> words;    ///< everything but the command's name, in order
};

/// Finds the command among the words; options of every command may stand before and between its words.
/// Throws a usage error for a word that is no command, with the nearest one.
[[nodiscard]] CommandLine find_command(const std::vector<std::string>& arguments);

/// Whether --help or -h, alone or among other letters of `options`, stands among the words, before a "--".
[[nodiscard]] bool asks_for_help(const std::vector<std::string>& words, const std::vector<Option>& options);

/// The output format and the colours that the words ask for, found without parsing them: for failures that come before or out of
/// parsing.
[[nodiscard]] Format requested_format(const std::vector<std::string>& arguments);
[[nodiscard]] std::optional<ColorMode> requested_color(const std::vector<std::string>& arguments);

}  // namespace xmppfed::cli

#pragma once

#include "cli/line/command.hpp"
#include "man/fragment.hpp"

namespace xmppfed::manual {

/// The page of a command: SYNOPSIS, OPTIONS and EXIT STATUS from its row and its options, the rest from its fragment,
/// whose EXIT STATUS follows what is true of all commands of its kind. Throws Problem for an option without a meaning
/// and for a fragment without DESCRIPTION or EXAMPLES.
[[nodiscard]] Page command_page(const cli::Command& command, const Fragment& fragment);

/// Every command with its summary, for the page of the program.
[[nodiscard]] std::string command_list();

}  // namespace xmppfed::manual

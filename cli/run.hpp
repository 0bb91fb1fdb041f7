#pragma once

#include <string>
#include <vector>

#include "cli/terminal/world.hpp"

namespace xmppfed::cli {

/// Runs one command line, without the program's name, and returns the exit code of the process. Never throws: every
/// failure, also one of the command line, is reported here and nowhere else.
[[nodiscard]] int run(const std::vector<std::string>& arguments, const World& world);

}  // namespace xmppfed::cli

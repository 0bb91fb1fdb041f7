#pragma once

#include "cli/context.hpp"
#include "cli/line/command.hpp"

namespace xmppfed::cli {

/// Carries a command out page by page (--interactive): asks for each value, with what was given as answers to begin with,
/// shows what a dry run would, asks once, then does it and names the command line that does the same. Pages go to
/// standard error. Throws a usage error where nobody can be asked, and failed when the interview is left: nothing has
/// been changed then.
[[nodiscard]] ExitCode interview(const Command& command, const Given& given, Context& context);

}  // namespace xmppfed::cli

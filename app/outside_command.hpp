#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xmppfed::app {

/// The words of a command line that an option such as `--restart-command` has: parted by blanks, and quoted by ' or "
/// where one has blanks itself. Nothing else has a meaning, for no shell reads it. Throws a usage error for a quote that
/// is never closed and for no word at all.
[[nodiscard]] std::vector<std::string> command_words(std::string_view option, const std::string& text);

/// Runs a program to its end; what it writes to standard output goes to standard error. Throws failed, with this hint,
/// when it cannot be started or ends with anything but success.
void run_program(const std::vector<std::string>& words, const std::string& hint);

}  // namespace xmppfed::app

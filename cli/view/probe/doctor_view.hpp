#pragma once

#include <string>
#include <vector>

#include "cli/view/layout/display.hpp"
#include "core/checkup.hpp"

namespace xmppfed::cli::view {

/// Prints what `doctor` found: a line for each thing that was looked at, and below it what was found and what to type; or
/// the document. `at` is when, as `timestamp` writes it.
void print_checkup(const Display& display, const std::vector<core::Examination>& examinations, const std::string& at);

}  // namespace xmppfed::cli::view

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/checkup.hpp"

namespace xmppfed::app {

/// What was rendered to a directory, and whether it is in force; for each kind of server that has files there. That none
/// has is a finding too. Throws failed for a file that cannot be read.
[[nodiscard]] std::vector<core::Examination> examine_rendered(const std::string& directory,
                                                              std::int64_t store_revision);

}  // namespace xmppfed::app

#pragma once

#include <cstdint>

#include "cli/line/options.hpp"

namespace xmppfed::cli {

/// The argument NUMBER of a command on one request.
void bind_request_number(OptionSet& options, std::int64_t& number);

}  // namespace xmppfed::cli

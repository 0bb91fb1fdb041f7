#pragma once

#include <functional>
#include <string>

#include "core/partner/allowlist_script.hpp"

namespace xmppfed::app {

/// Writes a text, which comes in pieces, to a file that has its name only when it is whole and durable. A file of that
/// name is replaced, and its owner, group and mode stay. Signals that end the program wait; whoever writes asks for them
/// now and then. `what` names the file in messages.
void write_whole_file(const std::string& what, const std::string& path,
                      const std::function<void(const core::TextSink&)>& write);

}  // namespace xmppfed::app

#pragma once

#include <string>

namespace xmppfed::cli {

/// Becomes man(1), showing a page of section 1: the one that was installed with this program, else the one that man(1)
/// finds. Returns false, with everything as it was, when there is no man(1) or no such page; else it does not return.
[[nodiscard]] bool open_manual_page(const std::string& name);

}  // namespace xmppfed::cli

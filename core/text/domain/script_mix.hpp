#pragma once

#include <string_view>

namespace xmppfed::core {

/// Whether a label mixes scripts in the sense of UTS #39 section 5.1 (single-script test): the intersection of the
/// augmented script sets of its characters is empty. `label` is UTF-8 (a U-label).
[[nodiscard]] bool mixes_scripts(std::string_view label);

}  // namespace xmppfed::core

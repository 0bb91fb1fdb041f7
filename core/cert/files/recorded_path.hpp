#pragma once

#include <string_view>

namespace xmppfed::core {

/// Throws usage for the path of a file of a certificate request that cannot be on record: the texts of a store are UTF-8.
void refuse_unrecordable(std::string_view path);

}  // namespace xmppfed::core

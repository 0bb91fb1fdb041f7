#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/render/exactness.hpp"
#include "core/render/server_book.hpp"

/// What ejabberd (23.01 and 25.07) includes by `include_config_file`.
namespace xmppfed::core {

/// `acl`, `access_rules` and `s2s_access` alone. `folder` is not needed.
[[nodiscard]] std::string ejabberd_configuration(const ServerBook& book, std::string_view folder);

/// What the main file decides counts as ejabberd's default: no TLS, no module for dialback.
[[nodiscard]] std::vector<FieldExactness> ejabberd_exactness(const ServerBook& book);

}  // namespace xmppfed::core

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/render/exactness.hpp"
#include "core/render/server_book.hpp"

/// What Prosody (0.12 and 13) includes before its first VirtualHost.
namespace xmppfed::core {

/// The configuration that leaves everything to mod_xmppfed. Module and policy are in `folder`, an absolute path of any
/// bytes.
[[nodiscard]] std::string prosody_module_configuration(const ServerBook& book, std::string_view folder);

/// The configuration that says what Prosody's own options can say. `folder` is not needed.
[[nodiscard]] std::string prosody_own_configuration(const ServerBook& book, std::string_view folder);

[[nodiscard]] std::vector<FieldExactness> prosody_module_exactness(const ServerBook& book);
[[nodiscard]] std::vector<FieldExactness> prosody_own_exactness(const ServerBook& book);

/// A string of Lua, in quotes: nothing in it can become code, whatever its bytes.
[[nodiscard]] std::string lua_string(std::string_view text);

}  // namespace xmppfed::core

#pragma once

#include <string>

namespace xmppfed::store {

/// Whether another process holds the file locked for writing (fcntl(2)): such a lock ends with its process, however that
/// ends. False when there is no such file. Throws failed when nobody tells.
[[nodiscard]] bool is_write_locked(const std::string& path);

}  // namespace xmppfed::store

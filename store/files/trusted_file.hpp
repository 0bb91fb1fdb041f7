#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace xmppfed::store {

/// The content of a file that tells the program what to do. None when there is no such file, or when it is out of reach:
/// the home that a service inherits may be another user's. Throws failed when it cannot be read, is no regular file or
/// larger than `most` octets, and when somebody else decides what is in it: it belongs to neither the user nor root, or
/// everybody may write it.
[[nodiscard]] std::optional<std::string> read_trusted_file(const std::string& what, const std::string& path,
                                                           std::size_t most);

}  // namespace xmppfed::store

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "store/rows/value.hpp"

namespace xmppfed::store {

/// Appends a row in the text format of COPY. A NUL, which PostgreSQL cannot keep, goes as two characters that compare as
/// it does; `from_copied` makes one of them again.
void append_copied(std::string& rows, std::span<const Value> row);

/// A text as it is copied, before the escapes of the format, and as it was.
[[nodiscard]] std::string to_copied(std::string_view text);
[[nodiscard]] std::string from_copied(std::string_view text);

}  // namespace xmppfed::store

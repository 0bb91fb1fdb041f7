#pragma once

#include <cstdint>
#include <string_view>

#include "app/book.hpp"

namespace xmppfed::app {

/// The store revision of the commit with that id, 0 when it recorded nothing. Throws not-found when there is none and
/// never will be, and a usage error for what is no id.
[[nodiscard]] std::int64_t find_commit(Book& book, std::string_view id);

}  // namespace xmppfed::app

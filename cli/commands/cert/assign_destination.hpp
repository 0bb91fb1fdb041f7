#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/cert/assignment.hpp"
#include "cli/context.hpp"

namespace xmppfed::cli {

/// Where the certificate of a request goes, before the store is locked: warns of a named directory, `to`, in which others
/// may write, and asks before any other such is used, unless `yes` answers. Without a path for a key that lives on Windows.
/// Throws not-found when there is no such request, a usage error for an empty name, and a conflict where its files are on another host,
/// or its key lives on Windows and it has no certificate yet.
[[nodiscard]] app::Destination settle_destination(Context& context, std::int64_t number,
                                                  const std::optional<std::string>& to, bool yes);

}  // namespace xmppfed::cli

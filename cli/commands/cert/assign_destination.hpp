#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "core/cert/cert_request.hpp"

namespace xmppfed::cli {

/// The directory that holds the numbered ones for servers.
struct Destination {
    std::string path;          ///< absolute
    bool is_named = false;     ///< by the user
    bool is_recorded = false;  ///< by the store
    bool is_agreed = false;    ///< it may be used whatever others may do there
};

/// What the user named with --to, else the directory of what is in use or was assigned last, else one beside the store.
/// Throws a usage error for an empty name.
[[nodiscard]] Destination find_destination(Context& context, const std::optional<std::string>& to,
                                           const std::vector<core::CertRequest>& all);

/// The same for a request, before the store is locked: warns of a named directory in which others may write, and asks
/// before any other such is used, unless `yes` answers. Without a path for a key that lives on Windows. Throws not-found
/// when there is no such request.
[[nodiscard]] Destination settle_destination(Context& context, std::int64_t request,
                                             const std::optional<std::string>& to, bool yes);

}  // namespace xmppfed::cli

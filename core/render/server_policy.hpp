#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/gateway/gateway.hpp"
#include "core/partner/partner.hpp"

namespace xmppfed::core {

/// The document of kind `server-policy` that a server's module enforces, with the enabled partners by their primary
/// domains, whatever order they come in. What is not set is absent. The same partners give the same bytes.
[[nodiscard]] std::string server_policy(std::vector<Partner> partners, const Gateway& gateway,
                                        std::int64_t store_revision);

}  // namespace xmppfed::core

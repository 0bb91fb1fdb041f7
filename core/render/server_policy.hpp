#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/partner/partner.hpp"

namespace xmppfed::core {

/// What holds for the streams of all partners; times in seconds.
struct StreamSettings {
    std::int64_t connection_limit = 1000;
    std::int64_t partner_connection_limit = 20;  ///< of a partner that has none of its own
    std::int64_t keepalive_interval = 300;
    std::int64_t establishment_timeout = 60;
    std::int64_t inactivity_timeout = 600;
};

/// The document of kind `server-policy` that a server's module enforces, with the enabled partners by their primary
/// domains, whatever order they come in. What is not set is absent. The same partners give the same bytes.
[[nodiscard]] std::string server_policy(std::vector<Partner> partners, const StreamSettings& settings,
                                        std::int64_t store_revision);

}  // namespace xmppfed::core

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/partner/partner.hpp"
#include "core/render/server_policy.hpp"

namespace xmppfed::core {

/// What of the book a server is configured by.
struct ServerBook {
    std::vector<Partner> partners = {};   ///< by their primary domains; suspended ones too
    std::vector<std::string> hosts = {};  ///< the server's local domains, canonical
    Gateway gateway = {};
    std::int64_t store_revision = 0;
};

/// The domains of partners in both forms that servers compare, A-labels and U-labels, sorted by bytes, each once. Those
/// of the partners that `is_meant`.
[[nodiscard]] std::vector<std::string> domains_in_both_forms(const std::vector<Partner>& partners,
                                                             bool (*is_meant)(const Partner&));

[[nodiscard]] inline bool is_enabled(const Partner& partner) {
    return partner.enabled;
}

/// Whether a certificate is all that a stream with an enabled partner can be authenticated by.
[[nodiscard]] bool is_by_certificate_alone(const Partner& partner);

/// What holds for some enabled partner, which for a switch of the whole server is all that counts.
struct ServerNeeds {
    bool any_partner = false;
    bool requires_tls = false;
    bool uses_dialback = false;
};
[[nodiscard]] ServerNeeds needs_of(const std::vector<Partner>& partners);

}  // namespace xmppfed::core

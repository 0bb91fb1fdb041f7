#include "core/render/unaware_server.hpp"

namespace xmppfed::core {

Verdict unfiltered_type(const Partner& partner, const ServerNeeds& /*needs*/, Direction direction) {
    if (direction == Direction::outgoing) {
        return partner.type == PartnerType::federated
                   ? agreed("status notes are sent")
                   : Verdict{Fidelity::weaker, "status notes are sent",
                             "the server knows no partner types: status notes leave with the presence"};
    }
    std::string effective = "messages from everybody, presence once authorised";
    switch (partner.type) {
    case PartnerType::federated:
    case PartnerType::public_verified:
        return {Fidelity::inexact, std::move(effective),
                "the server knows no partner types: each of our users must authorise who wants to see presence"};
    case PartnerType::public_unverified:
        return {Fidelity::weaker, std::move(effective),
                "the server knows no partner types: strangers may write to our users and ask to be contacts"};
    }
    return {};
}

Verdict uncounted_connections(const Partner& partner, const ServerNeeds& /*needs*/, Direction /*direction*/) {
    return {Fidelity::weaker, "none",
            partner.connection_limit ? "the server does not count the connections of a partner"
                                     : "the server does not count the connections of a partner: the gateway's limit, "
                                       "which counts where a partner has none, is not kept"};
}

Verdict unwatched_keepalive(const Partner& partner, const ServerNeeds& /*needs*/, Direction /*direction*/) {
    return partner.keepalive ? Verdict{Fidelity::weaker, "false",
                                       "the server has no keep-alives of one partner: its silent streams stay"}
                             : agreed("false");
}

Verdict undirected_proxy(const Partner& partner, const ServerNeeds& /*needs*/, Direction /*direction*/) {
    return partner.proxy_fqdn ? Verdict{Fidelity::inexact, "found by DNS",
                                        "the server has no way of its own to a partner: DNS must lead to the proxy"}
                              : agreed("found by DNS");
}

}  // namespace xmppfed::core

#pragma once

#include <optional>

#include "core/diagnostic.hpp"
#include "core/edge/dns_records.hpp"
#include "core/partner/partner.hpp"
#include "core/probe/dns_facts.hpp"

namespace xmppfed::core {

/// The domain is one that a partner claims, or ours, or a stranger's: whoever has to mend what is found.
struct DomainOwner {
    std::string partner = {};                     ///< primary domain; "": it is ours, or a stranger's
    std::optional<Negotiation> negotiation = {};  ///< none: nothing is agreed about it
    bool is_stranger = false;                     ///< nobody claims it, and it is not ours
};

/// What DNS says of one domain, and what that means.
struct DomainCheck {
    std::string partner;  ///< whose it is, by its primary domain; "": it is ours
    DnsFacts facts;
    Diagnostics diagnostics;
};

/// One of the `domains` of a document of kind `dns-check`.
[[nodiscard]] Json to_json(const DomainCheck& check);

/// What the records of a domain mean for streams to it.
[[nodiscard]] Diagnostics judge_dns(const DnsFacts& facts, const DomainOwner& owner);

/// The same for one of our own domains, and what differs from the record that it needs.
[[nodiscard]] Diagnostics judge_own_dns(const DnsFacts& facts, const SrvRecord& needed);

}  // namespace xmppfed::core

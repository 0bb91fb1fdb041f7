#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/circumstances.hpp"
#include "app/probe/resolvers.hpp"
#include "core/diagnostic.hpp"
#include "core/edge/dns_records.hpp"
#include "core/probe/dns_judgement.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// One domain to look at.
struct DnsSubject {
    std::string domain;
    core::DomainOwner owner;
    std::optional<core::SrvRecord> needed;  ///< of one of our own domains
};

/// The named domains, each alone and once, with the partners that claim them; none named: all that enabled partners claim.
/// Throws not-found.
[[nodiscard]] std::vector<DnsSubject> partner_domains(store::Reader& reader, const std::vector<std::string>& domains);

/// Our own XMPP domains, with the record that each needs. Throws a refusal when the edge is not complete.
[[nodiscard]] std::vector<DnsSubject> own_xmpp_domains(store::Reader& reader);

/// Looks all of them up, and judges. The results are in the order of the subjects; when somebody interrupts it, those
/// that are finished.
[[nodiscard]] std::vector<core::DomainCheck> check_dns(const std::vector<DnsSubject>& subjects,
                                                       const std::vector<net::Address>& servers, const DnsWish& wish,
                                                       const Circumstances& circumstances);

}  // namespace xmppfed::app

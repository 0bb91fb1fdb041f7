#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/diagnostic.hpp"
#include "core/edge/edge.hpp"

namespace xmppfed::core {

/// A service record (RFC 2782) that leads to our edge.
struct SrvRecord {
    std::string domain;  ///< the XMPP domain
    std::string name;    ///< _xmpp-server._tcp. and the domain (RFC 6120 3.2.1), without the trailing dot
    std::int64_t ttl = 3600;
    std::int64_t priority = 0;
    std::int64_t weight = 0;
    std::int64_t port = 5269;
    std::string target;  ///< without the trailing dot
};

/// The numbers of the records.
struct SrvNumbers {
    std::int64_t ttl = 3600;
    std::int64_t priority = 0;
    std::int64_t weight = 0;
    std::int64_t port = 5269;
};

/// Diagnostics of `value-out-of-range`: a TTL is at most 2147483647 (RFC 2181 8), the rest unsigned 16 bits, a port not 0.
[[nodiscard]] Diagnostics check_numbers(const SrvNumbers& numbers);

/// One record for each XMPP domain, to the Access Edge FQDN.
[[nodiscard]] std::vector<SrvRecord> srv_records(const Edge& edge, const SrvNumbers& numbers);

/// Diagnostics of `domain-invalid` on domains that leave no room for the service before them.
[[nodiscard]] Diagnostics check_lengths(const std::vector<SrvRecord>& records);

/// Lines of a zone file (RFC 1035 5), every name absolute.
[[nodiscard]] std::string zone_text(const std::vector<SrvRecord>& records);

/// A script for nsupdate(1): each record is added by an update of its own, for they may be in different zones.
[[nodiscard]] std::string nsupdate_text(const std::vector<SrvRecord>& records);

/// A script for the DNS Server module of PowerShell. The zone is the registrable domain (public suffix list), or the
/// domain itself where there is none.
[[nodiscard]] std::string powershell_text(const std::vector<SrvRecord>& records);

[[nodiscard]] Json to_json(const SrvRecord& record);

}  // namespace xmppfed::core

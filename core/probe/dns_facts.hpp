#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/field/enumeration.hpp"
#include "core/text/json/json.hpp"

namespace xmppfed::core {

/// What DNSSEC says of an answer (RFC 4033 section 5).
enum class DnsState {
    secure,    ///< validated
    insecure,  ///< the zone is not signed
    bogus,     ///< signed, and the signatures do not hold
    unknown,   ///< nobody said, or anybody could have said it
};

/// What an SRV record is published for.
enum class Service {
    xmpp_server,   ///< a stream that begins unencrypted (RFC 6120 section 3.2.1)
    xmpps_server,  ///< TLS from the first octet (XEP-0368)
};

/// Why a question has no answer.
enum class DnsFailure {
    none,     ///< it has: records, or that there are none
    bogus,    ///< only what DNSSEC does not confirm
    refused,  ///< a resolver answered that it cannot tell
    silent,   ///< no resolver answered
};

/// A target of SRV records, or the domain itself where there are none, and its addresses.
struct DnsTarget {
    std::string name;
    std::vector<std::string> addresses = {};  ///< IPv6 ones and IPv4 ones, as text
    std::string alias_of = {};                ///< what it is an alias of (CNAME); "" when it is none
    std::string unanswered = {};              ///< why a question for its addresses has no answer, or ""
};

struct DnsService {
    Service service = Service::xmpp_server;
    std::uint16_t priority = 0;
    std::uint16_t weight = 0;
    std::uint16_t port = 0;
    std::string target;  ///< "." when the service is decidedly not there (RFC 2782)
};

/// A TLSA record of a service (RFC 6698, RFC 7673).
struct DnsTlsa {
    std::string target;
    std::uint16_t port = 0;
    std::uint8_t usage = 0;
    std::uint8_t selector = 0;
    std::uint8_t matching = 0;
    std::string data;  ///< in hexadecimal
};

/// What DNS says of how servers reach a domain.
struct DnsFacts {
    std::string domain;
    std::vector<DnsService> services;  ///< by priority, then the heaviest first
    std::vector<DnsTarget> targets;    ///< in the order of the services; the domain itself when there are none
    std::vector<DnsTlsa> tlsa;         ///< those that DNSSEC confirms, as it does the services
    DnsState state = DnsState::unknown;
    DnsFailure failure = DnsFailure::none;
    std::string reason;  ///< of the failure, safe for a terminal
    /// Services whose records nobody could tell, while what else is known is enough to go on with; each with the reason,
    /// safe for a terminal.
    std::vector<std::string> unanswered = {};

    /// There is no SRV record: the domain's own addresses count (RFC 6120 section 3.2.2).
    [[nodiscard]] bool is_fallback() const { return services.empty(); }

    /// Nobody told what the records are: that is no word of whoever has to publish them.
    [[nodiscard]] bool is_unanswered() const { return failure == DnsFailure::silent || failure == DnsFailure::refused; }

    /// The only record says that there is no such service.
    [[nodiscard]] bool is_refused() const;

    [[nodiscard]] const DnsTarget* target(std::string_view name) const;
};

inline constexpr std::uint16_t xmpp_server_port = 5269;

template <>
std::span<const EnumValue> values_of<DnsState>();
template <>
std::span<const EnumValue> values_of<Service>();

/// The `dns` of a domain in documents of kinds `probe` and `dns-check`.
[[nodiscard]] Json to_json(const DnsFacts& facts);

}  // namespace xmppfed::core

#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/partner/negotiation.hpp"
#include "core/probe/dns_facts.hpp"
#include "core/report/findings.hpp"
#include "core/text/json/json_source.hpp"

namespace xmppfed::core {

/// When the certificate of a server ends.
struct PeerEnd {
    std::string domain;
    std::chrono::sys_seconds end;
};

/// What a look at other servers found, as a whole.
struct ProbeTally {
    static constexpr std::size_t most_ends = 10;

    std::string at;    ///< when somebody looked
    std::string from;  ///< which of our domains asked
    std::int64_t domains = 0;
    std::int64_t by_srv = 0;                     ///< domains with a service record
    std::array<std::int64_t, 4> by_dns_state{};  ///< in the order of `DnsState`
    std::array<std::int64_t, 3> by_method{};     ///< what streams to them end up with, in the order of `Method`
    std::int64_t without_method = 0;             ///< nothing works, in at least one direction, or nobody answers
    std::int64_t not_seen = 0;  ///< nobody could look: no resolver told, or nothing leads there from here
    std::vector<PeerEnd> ends;  ///< certificates that end first, at most so many
    Findings findings;

    [[nodiscard]] std::int64_t of(DnsState state) const { return by_dns_state.at(static_cast<std::size_t>(state)); }
    [[nodiscard]] std::int64_t of(Method method) const { return by_method.at(static_cast<std::size_t>(method)); }
};

/// Reads a document of kind `probe`, however many domains it has. Throws `core::Error` of kind failed for any other text,
/// with the place of what is wrong; `file` is what the text is called there.
[[nodiscard]] ProbeTally read_probe(JsonSource& source, std::string_view file);

}  // namespace xmppfed::core

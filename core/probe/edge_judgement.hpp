#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/edge/dns_records.hpp"
#include "core/probe/probe_judgement.hpp"

namespace xmppfed::core {

/// A certificate that was issued for our edge.
struct IssuedForUs {
    std::int64_t request = 0;
    std::string fingerprint;  ///< SHA-256
    std::string not_after;    ///< as `timestamp` writes it
    bool is_assigned = false;
};

/// What is known when one of our own XMPP domains is looked at, from here, as any server would.
struct EdgeProbeInput {
    ProbeInput probe;
    std::optional<SrvRecord> needed;        ///< that DNS has to have, where somebody looked it up
    std::vector<std::string> fingerprints;  ///< of what each endpoint presents; "" where there is none
    std::vector<IssuedForUs> certificates;  ///< those on record
};

/// What was seen of our own server, told to those who run it. There is no partner, so that nothing is predicted and
/// nothing said of SASL and dialback. A server that closes an encrypted stream because nobody showed a certificate works.
[[nodiscard]] ProbeVerdict judge_edge_probe(const EdgeProbeInput& input);

}  // namespace xmppfed::core

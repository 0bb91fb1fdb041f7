#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "core/pki/chain.hpp"
#include "core/probe/probe_judgement.hpp"

namespace xmppfed::app {

/// The roots in these files, or the system's bundle when none is named. Throws not-found for a file that is not there.
[[nodiscard]] pki::TrustStore trusted_roots(const std::vector<std::string>& files);

/// What a server presents for a domain (A-labels), in PEM, its own certificate first; judged as of `now`. What cannot be
/// read is not trusted. `tlsa` are those records of the server that DNSSEC confirms.
[[nodiscard]] core::PeerCertificate judge_presented(const std::vector<std::string>& chain, const std::string& domain,
                                                    const pki::TrustStore& roots, std::span<const core::DnsTlsa> tlsa,
                                                    std::chrono::sys_seconds now);

}  // namespace xmppfed::app

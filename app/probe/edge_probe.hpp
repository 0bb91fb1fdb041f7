#pragma once

#include <vector>

#include "app/probe/dns_check.hpp"
#include "app/probe/partner_probe.hpp"
#include "core/probe/edge_judgement.hpp"

namespace xmppfed::app {

/// The certificates on record that were issued for our edge.
[[nodiscard]] std::vector<core::IssuedForUs> issued_for_us(store::Reader& reader);

/// Looks at our own domains, as `probe` does. No certificate is shown and no domain given as ours: a server refuses a
/// stream from a domain that it serves itself (`wish.from` is left aside).
[[nodiscard]] std::vector<ProbeResult> probe_edge(const std::vector<DnsSubject>& ours,
                                                  const std::vector<net::Address>& resolvers,
                                                  const pki::TrustStore& roots,
                                                  const std::vector<core::IssuedForUs>& issued, ProbeWish wish,
                                                  const Circumstances& circumstances);

}  // namespace xmppfed::app

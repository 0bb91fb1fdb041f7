#pragma once

#include "core/cert/cert_request.hpp"
#include "core/edge/edge.hpp"
#include "core/gateway/gateway.hpp"
#include "core/history/history_entry.hpp"
#include "core/partner/partner.hpp"

/// One entity of each kind of which no member has its default, and no two texts or numbers are the same.
namespace xmppfed::test {

[[nodiscard]] core::CommittedPartner full_partner();
[[nodiscard]] core::Edge full_edge();
[[nodiscard]] core::Gateway full_gateway();
[[nodiscard]] core::HistoryEntry full_entry();

/// A request that is in use, with a key of that kind.
[[nodiscard]] core::CertRequest full_request(core::KeyAlgorithm algorithm);

}  // namespace xmppfed::test

#pragma once

#include <span>

#include "core/cert/cert_request.hpp"
#include "core/edge/edge.hpp"
#include "core/gateway/gateway.hpp"
#include "core/history/history_entry.hpp"
#include "core/partner/partner.hpp"
#include "store/rows/column.hpp"

/// The tables of each schema, as far as entities are kept in them column by column. Column lists, binding, reading and
/// replacing follow from these lists: a new member takes one line there, and a migration.
namespace xmppfed::store {

using PartnerColumn = Column<core::CommittedPartner>;
using EdgeColumn = Column<core::Edge>;
using GatewayColumn = Column<core::Gateway>;
using RequestColumn = Column<core::CertRequest>;
using HistoryColumn = Column<core::HistoryEntry>;

/// `partner`: what is wanted of a partner, and may be staged, without its additional domains, which are claims; what
/// its commit adds; and both, one behind the other. The first is the key.
[[nodiscard]] std::span<const PartnerColumn> wanted_partner_columns();
[[nodiscard]] std::span<const PartnerColumn> committed_partner_columns();
[[nodiscard]] std::span<const PartnerColumn> partner_columns();

/// `edge`, without the lists of domains.
[[nodiscard]] std::span<const EdgeColumn> edge_columns();

/// `gateway`.
[[nodiscard]] std::span<const GatewayColumn> gateway_columns();

/// `cert_request` and `history`. Their rows have checksums over these columns in this order: a new one goes behind the
/// others and is none in older rows, whose checksums hold then.
[[nodiscard]] std::span<const RequestColumn> request_columns();
[[nodiscard]] std::span<const HistoryColumn> history_columns();

/// Those of `history` that it begins with: without what an entry has recorded of its subject, which is nearly all of it.
[[nodiscard]] std::span<const HistoryColumn> history_heading_columns();

}  // namespace xmppfed::store

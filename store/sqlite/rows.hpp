#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/cert/cert_request.hpp"
#include "core/edge/edge.hpp"
#include "core/history_entry.hpp"
#include "core/partner/partner.hpp"

namespace xmppfed::store {

/// The columns of `partner`, named, in the order in which `read_partner` and `bind_partner` take them.
extern const char* const partner_columns;

inline constexpr int partner_column_count = 13;

/// What an INSERT of a partner does when there is one of that name: it replaces its fields.
extern const char* const on_same_partner;

/// A partner from a row of `partner_columns` that begins at the column `first`, without its additional domains.
/// Throws `core::Error` of kind failed when a value is none of its enumeration: the store is damaged.
[[nodiscard]] core::CommittedPartner read_partner(SQLite::Statement& row, int first = 0);

/// Selects the additional domains of the partner that is its one parameter; and adds them to it.
extern const char* const additional_domains_sql;
void read_additional_domains(SQLite::Statement& select, core::CommittedPartner& partner);

/// Binds a partner to thirteen parameters from the first on.
void bind_partner(SQLite::Statement& statement, const core::CommittedPartner& partner);

/// The columns of `cert_request`, in the order in which `read_request` and `put_request` take them.
extern const char* const request_columns;

[[nodiscard]] core::CertRequest read_request(SQLite::Statement& row);

/// Runs a statement that takes a request as fourteen parameters from the first on. Long texts are not copied for it.
void put_request(SQLite::Statement& statement, const core::CertRequest& request);

/// The columns of `edge` without its lists, and binding them to eight parameters.
extern const char* const edge_columns;
[[nodiscard]] core::Edge read_edge(SQLite::Statement& row);
void bind_edge(SQLite::Statement& statement, const core::Edge& edge);

/// The columns of `history`, in the order in which `read_entry` takes them.
extern const char* const history_columns;

[[nodiscard]] core::HistoryEntry read_entry(SQLite::Statement& row);

/// Binds an entry to eleven parameters, its sequence and store revision included.
void bind_entry(SQLite::Statement& statement, const core::HistoryEntry& entry);

}  // namespace xmppfed::store

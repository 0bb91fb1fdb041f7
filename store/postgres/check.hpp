#pragma once

#include "store/postgres/link/connection.hpp"
#include "store/store.hpp"

namespace xmppfed::store {

/// The diagnostics of `Reader::check`, whose transaction is under way. Pages and constraints are the database's own
/// affair; claims, checksums and the history are looked at.
[[nodiscard]] core::Diagnostics check_database(Reader& reader, PostgresConnection& connection,
                                               const Readable& readable);

}  // namespace xmppfed::store

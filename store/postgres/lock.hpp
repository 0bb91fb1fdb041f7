#pragma once

#include <string_view>

#include "store/postgres/link/connection.hpp"

/// The lock of whoever writes: that of an empty table, as long as his transaction lasts. It goes after the commit is there
/// for everybody to see.
namespace xmppfed::store {

/// What stands before the time since when somebody has it, in `application_name`, which everybody may see.
constexpr std::string_view lock_holder_mark = "xmppfed since ";

/// What to tell who cannot have it: who has it, and since when, as far as the database tells.
[[nodiscard]] core::Error locked_by_another(PostgresConnection& connection);

/// Waits, as long as the connection has patience, until none of the transactions is left that hold it now. Takes no right.
/// Throws busy, and failed on a standby, where locks do not show.
void wait_for_lock_holders(PostgresConnection& connection);

}  // namespace xmppfed::store

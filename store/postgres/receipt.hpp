#pragma once

#include <string>

#include "store/location.hpp"

namespace xmppfed::store {

/// A new id for a commit: a random UUID (RFC 9562 section 5.4).
[[nodiscard]] std::string new_receipt_id();

/// What became of a commit whose answer was lost.
enum class Receipt {
    there,    ///< it is committed
    absent,   ///< it is not, and never will be
    unknown,  ///< the database could not be asked in time
};

/// Looks for the receipt of a commit, by a new connection and under the write lock: who has it knows that whoever
/// committed is gone, so that the row is there or never will be. Tries for half a minute, for servers start again.
/// `pg_xact_status` is no help, for a number is given again after a crash.
[[nodiscard]] Receipt find_receipt(const Location& location, const std::string& id);

}  // namespace xmppfed::store

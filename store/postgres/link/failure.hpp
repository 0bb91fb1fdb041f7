#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"
#include "store/right.hpp"

namespace xmppfed::store {

/// What went wrong with a connection or a statement, as the database and its library say it.
struct PostgresFailure {
    std::string state;     ///< SQLSTATE, or "" where there was no answer
    std::string text;      ///< one sentence, not escaped yet
    bool is_lost = false;  ///< the connection is of no use any more
};

/// What was being done to which store.
struct PostgresWork {
    std::string_view doing;
    std::string_view store;  ///< its name, quoted
    std::string_view role;   ///< that of the database, or ""
    Right right = Right::viewer;
};

namespace sqlstate {
constexpr std::string_view lock_not_available = "55P03";
constexpr std::string_view undefined_table = "42P01";
constexpr std::string_view undefined_schema = "3F000";
constexpr std::string_view cannot_connect_now = "57P03";
constexpr std::string_view too_many_connections = "53300";
constexpr std::string_view insufficient_privilege = "42501";
}  // namespace sqlstate

/// Nothing was committed: what may have been is not told by this.
[[nodiscard]] core::Error error_of(const PostgresFailure& failure, const PostgresWork& work);

/// Throws that, or `MissingRight`.
[[noreturn]] void fail(const PostgresFailure& failure, const PostgresWork& work);

/// A store is held by somebody else.
[[nodiscard]] core::Error locked_store(std::string_view quoted_name);

}  // namespace xmppfed::store

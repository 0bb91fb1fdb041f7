#include "store/postgres/lock.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::store {

namespace {

/// The lock of this database as it is held, as rows of `l`.
constexpr std::string_view held_lock =
    "pg_catalog.pg_locks AS l JOIN pg_catalog.pg_class AS c ON c.oid = l.relation "
    "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
    "WHERE n.nspname = 'xmppfed' AND c.relname = 'write_lock' AND l.mode = 'ExclusiveLock' AND l.granted "
    "AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";

std::string holder(PostgresConnection& connection) {
    try {
        const auto found =
            connection.ask(fmt::format("SELECT a.usename, a.application_name FROM pg_catalog.pg_stat_activity AS a "
                                       "WHERE pid IN (SELECT l.pid FROM {})",
                                       held_lock));
        if (found.rows() == 0) {
            return {};
        }
        auto text = fmt::format("the database role {} holds it", core::quote(found.text(0, 0)));
        const auto said = found.text(0, 1);
        if (const auto since = said.substr(std::min(lock_holder_mark.size(), said.size()));
            said.starts_with(lock_holder_mark) && core::is_timestamp(since)) {
            text += fmt::format(" since {}", since);
        }
        return text + "; ";
    } catch (const PostgresFailure&) {
        return {};
    }
}

/// The transactions that hold it; a number is given once as long as the server runs.
std::vector<std::string> holders(PostgresConnection& connection) {
    const auto found = connection.ask(fmt::format("SELECT l.virtualtransaction FROM {}", held_lock));
    std::vector<std::string> transactions;
    for (int row = 0; row < found.rows(); ++row) {
        transactions.emplace_back(found.text(row, 0));
    }
    return transactions;
}

void refuse_standby(PostgresConnection& connection) {
    if (connection.ask("SELECT pg_is_in_recovery()").text(0, 0) == "t") {
        throw PostgresFailure{.state = "25006", .text = "a standby does not tell who commits on the primary server"};
    }
}

}  // namespace

core::Error locked_by_another(PostgresConnection& connection) {
    return locked_store(connection.name()).hint(holder(connection) + "try again, or wait longer with `--wait SECONDS`");
}

void wait_for_lock_holders(PostgresConnection& connection) {
    constexpr std::chrono::milliseconds pause{50};
    refuse_standby(connection);
    const auto end = std::chrono::steady_clock::now() + connection.patience();
    const auto before = holders(connection);
    const auto is_left = [&] {
        const auto now = holders(connection);
        return std::ranges::any_of(before, [&](const auto& each) { return std::ranges::count(now, each) > 0; });
    };
    while (!before.empty() && is_left()) {
        if (std::chrono::steady_clock::now() >= end) {
            throw locked_by_another(connection);
        }
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace xmppfed::store

#include "store/postgres/transaction.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/postgres/migrations.hpp"

namespace xmppfed::store {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::string_view holder_mark = "xmppfed since ";  ///< in application_name, which everybody may see
constexpr PostgresConnection::Milliseconds commit_limit{std::chrono::minutes{1}};

/// The lock comes before the first look, so that the view has all that was committed before. Then it is told since when.
std::string beginning(Purpose purpose, PostgresConnection::Milliseconds patience) {
    // 0 would be: for ever.
    const auto wait = std::max<std::int64_t>(patience.count(), 1);
    auto sql = fmt::format(
        "BEGIN ISOLATION LEVEL REPEATABLE READ{}; SET LOCAL search_path = xmppfed, pg_temp; "
        "SET LOCAL client_connection_check_interval = '1s'; SET LOCAL lock_timeout = {}; ",
        purpose == Purpose::look ? " READ ONLY" : "", wait);
    if (purpose == Purpose::write) {
        sql += fmt::format(
            "SET LOCAL idle_in_transaction_session_timeout = '60s'; LOCK TABLE write_lock IN EXCLUSIVE MODE{}; "
            "SELECT set_config('application_name', '{}' || clock(), true), "
            "set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' "
            "ELSE current_setting('synchronous_commit') END, true); ",
            patience.count() > 0 ? "" : " NOWAIT", holder_mark);
    }
    return sql + "SELECT schema_version, clock() FROM store";
}

/// Who holds the lock, as far as the database tells.
std::string holder(PostgresConnection& connection) {
    try {
        const auto found = connection.ask(
            "SELECT a.usename, a.application_name FROM pg_catalog.pg_locks AS l "
            "JOIN pg_catalog.pg_stat_activity AS a USING (pid) JOIN pg_catalog.pg_class AS c ON c.oid = l.relation "
            "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'xmppfed' AND c.relname = 'write_lock' AND l.mode = 'ExclusiveLock' AND l.granted "
            "AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())");
        if (found.rows() == 0) {
            return {};
        }
        auto text = fmt::format("the database role {} holds it", core::quote(found.text(0, 0)));
        const auto said = found.text(0, 1);
        if (const auto since = said.substr(std::min(holder_mark.size(), said.size()));
            said.starts_with(holder_mark) && core::is_timestamp(since)) {
            text += fmt::format(" since {}", since);
        }
        return text + "; ";
    } catch (const PostgresFailure&) {
        return {};
    }
}

}  // namespace

Error no_store_in(std::string_view quoted_name) {
    return Error{ErrorKind::not_found, fmt::format("there is no store in the database {}", quoted_name)}.hint(
        "the database's owner makes it with `xmppfed store init`; nothing else does");
}

void require_newest(std::string_view quoted_name, std::int64_t version) {
    const int newest = postgres_migrations().back().version;
    if (version < newest) {
        throw Error{ErrorKind::failed, fmt::format("the store {} has schema version {}, and this program needs {}",
                                                   quoted_name, version, newest)}
            .hint("its owner brings it up to date with `xmppfed store init`");
    }
    if (version > newest) {
        throw Error{ErrorKind::failed, fmt::format("the store {} has schema version {}; this program knows versions up "
                                                   "to {}",
                                                   quoted_name, version, newest)}
            .hint("use the newer xmppfed that wrote it");
    }
}

PostgresTransaction::PostgresTransaction(PostgresConnection& connection, Purpose purpose) : connection_{connection} {
    if (connection_.has_transaction()) {
        throw locked_store(connection_.name()).hint("this process is still at work on it");
    }
    const bool writes = purpose == Purpose::write;
    connection_.guard(writes ? "write to" : "read", writes ? Right::operator_ : Right::viewer, [&] { begin(purpose); });
}

void PostgresTransaction::begin(Purpose purpose) {
    const auto start = std::chrono::steady_clock::now();
    const auto patience = connection_.patience();
    try {
        open_ = true;
        const auto found = connection_.run_script(beginning(purpose, patience), patience + std::chrono::seconds{10});
        if (found.rows() == 0) {
            throw core::damaged_store("its table store has no row");
        }
        require_newest(connection_.name(), found.integer(0, 0));
        began_at_ = found.text(0, 1);
    } catch (const PostgresFailure& failure) {
        undo();
        if (failure.state == sqlstate::lock_not_available) {
            throw locked_store(connection_.name())
                .hint(holder(connection_) + "try again, or wait longer with `--wait SECONDS`");
        }
        if (failure.state == sqlstate::undefined_table || failure.state == sqlstate::undefined_schema) {
            throw no_store_in(connection_.name());
        }
        throw;
    } catch (const Error&) {
        undo();
        throw;
    }
    connection_.spend(std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start));
}

void PostgresTransaction::commit() {
    // A transaction that has failed answers COMMIT by an end that is none.
    if (connection_.has_failed()) {
        throw PostgresFailure{.state = "25P02", .text = "the transaction has failed"};
    }
    connection_.run_script("COMMIT", commit_limit);
    open_ = false;
}

void PostgresTransaction::undo() noexcept {
    if (!open_) {
        return;
    }
    open_ = false;
    try {
        if (connection_.has_transaction()) {
            connection_.run_script("ROLLBACK", commit_limit);
        }
    } catch (const PostgresFailure&) {  // NOLINT(bugprone-empty-catch): a connection that is lost takes all of it along
    } catch (const Error&) {            // NOLINT(bugprone-empty-catch)
    }
}

}  // namespace xmppfed::store

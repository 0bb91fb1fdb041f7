#include "store/postgres/transaction.hpp"

#include <fmt/format.h>

#include "store/postgres/lock.hpp"
#include "store/postgres/migrations.hpp"

namespace xmppfed::store {

namespace {

using core::Error;
using core::ErrorKind;

constexpr PostgresConnection::Milliseconds commit_limit{std::chrono::minutes{1}};

bool writes(Purpose purpose) {
    return purpose == Purpose::write || purpose == Purpose::fill;
}

/// The lock comes before the first look, so that the view has all that was committed before. Then it is told since when.
std::string beginning(Purpose purpose, PostgresConnection::Milliseconds patience) {
    // 0 would be: for ever.
    const auto wait = std::max<std::int64_t>(patience.count(), 1);
    const auto* const begin = purpose == Purpose::fill   ? ""
                              : purpose == Purpose::look ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
                                                         : "BEGIN ISOLATION LEVEL REPEATABLE READ; ";
    auto sql = fmt::format(
        "{}SET LOCAL search_path = xmppfed, pg_temp; "
        "SET LOCAL client_connection_check_interval = '1s'; SET LOCAL lock_timeout = {}; ",
        begin, wait);
    if (writes(purpose)) {
        sql += fmt::format(
            "SET LOCAL idle_in_transaction_session_timeout = '60s'; LOCK TABLE write_lock IN EXCLUSIVE MODE{}; "
            "SELECT set_config('application_name', '{}' || clock(), true), "
            "set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' "
            "ELSE current_setting('synchronous_commit') END, true); ",
            patience.count() > 0 ? "" : " NOWAIT", lock_holder_mark);
    }
    return sql + "SELECT schema_version, clock() FROM store";
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
    if (purpose != Purpose::fill && connection_.has_transaction()) {
        throw locked_store(connection_.name()).hint("this process is still at work on it");
    }
    connection_.guard(writes(purpose) ? "write to" : "read", writes(purpose) ? Right::operator_ : Right::viewer,
                      [&] { begin(purpose); });
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
            throw locked_by_another(connection_);
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

#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "store/location.hpp"
#include "store/postgres/link/failure.hpp"
#include "store/postgres/link/result.hpp"
#include "store/rows/value.hpp"

namespace xmppfed::store {

/// A connection to a database. One thing at a time; nothing it does waits for ever. What fails throws a
/// `PostgresFailure`, which `guard` makes an Error of.
class PostgresConnection {
  public:
    using Milliseconds = std::chrono::milliseconds;

    /// How long a statement may take: hours of merging are none of a partner book's.
    static constexpr Milliseconds usual_limit{std::chrono::minutes{10}};

    /// Connects. Throws `core::Error`. The server's certificate is verified where it is reached over TCP, unless the
    /// address, the service or PGSSLMODE says otherwise.
    explicit PostgresConnection(const Location& location);

    [[nodiscard]] const Location& location() const { return location_; }
    [[nodiscard]] const std::string& name() const { return name_; }  ///< of the store, quoted
    [[nodiscard]] std::string role() const;

    /// How long it may still wait for others, all together: for a server that starts, and for locks.
    [[nodiscard]] Milliseconds patience() const { return location_.wait; }
    void spend(Milliseconds waited) { location_.wait -= std::min(location_.wait, waited); }

    /// Whether a transaction of ours is under way: there is one at a time.
    [[nodiscard]] bool has_transaction() const;

    /// Whether that can only be undone.
    [[nodiscard]] bool has_failed() const { return libpq().transaction_status(connection_.get()) == PQTRANS_INERROR; }

    /// Runs one statement; parameters are `$1`, `$2` and so on.
    PostgresResult run(const std::string& sql, std::span<const Value> parameters, Milliseconds limit = usual_limit);
    template <class... Values>
    PostgresResult ask(const std::string& sql, Values&&... values) {
        const std::array<Value, sizeof...(Values)> parameters{Value(std::forward<Values>(values))...};
        return run(sql, parameters);
    }

    /// Runs several statements, with semicolons between them; the answer is that of the last.
    PostgresResult run_script(const std::string& sql, Milliseconds limit = usual_limit);

    /// `COPY INTO FROM STDIN`: sends what `next` returns, piece by piece, until that is empty.
    void copy_in(const std::string& into, const std::function<std::string_view()>& next);

    /// Runs `work`; what the database says becomes an Error that tells what was being done to which store, and which
    /// right it takes.
    template <class Work>
    decltype(auto) guard(std::string_view doing, Right right, Work&& work) const {
        try {
            return std::forward<Work>(work)();
        } catch (const PostgresFailure& failure) {
            fail(failure, {.doing = doing, .store = name_, .role = role(), .right = right});
        }
    }

    /// Another connection to the same database.
    [[nodiscard]] std::unique_ptr<PostgresConnection> reopened() const {
        return std::make_unique<PostgresConnection>(location_);
    }

  private:
    using Clock = std::chrono::steady_clock;

    void connect_patiently();
    void connect(Clock::time_point end);
    void go_on_connecting(Clock::time_point end);
    void wait(short events, Clock::time_point end) const;
    PostgresResult last_result(Clock::time_point end);
    [[nodiscard]] PostgresResult next_result(Clock::time_point end);
    [[nodiscard]] Clock::time_point end_of(Milliseconds limit) const;
    [[nodiscard]] PostgresFailure lost() const;
    static void require(const PostgresResult& result);

    struct Finish {
        void operator()(PGconn* connection) const { libpq().finish(connection); }
    };

    Location location_;
    std::string name_;
    Clock::time_point last_moment_;  ///< of whoever does not want to wait at all
    std::unique_ptr<PGconn, Finish> connection_;
};

}  // namespace xmppfed::store

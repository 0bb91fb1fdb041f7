#include "store/postgres/link/connection.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <optional>
#include <thread>
#include <vector>

#include "core/text/text.hpp"
#include "store/postgres/link/hosts.hpp"

namespace xmppfed::store {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds connect_limit{std::chrono::seconds{10}};
constexpr milliseconds look_limit{300};  ///< whoever presses Tab waits no longer

/// The first line, without the SQLSTATE in it, which goes to `state`: `FATAL:  3D000: database "x" does not exist`.
PostgresFailure failure_in(std::string_view message) {
    constexpr std::size_t state_size = 5;
    constexpr std::string_view mark = ":  ";
    PostgresFailure failure{.state = {}, .text = std::string{message.substr(0, message.find('\n'))}, .is_lost = true};
    const auto begin = failure.text.find(mark);
    if (const auto end = failure.text.find(": ", begin + mark.size());
        begin != std::string::npos && end == begin + mark.size() + state_size) {
        failure.state = failure.text.substr(begin + mark.size(), state_size);
        failure.text.erase(begin + mark.size(), state_size + 2);
    }
    return failure;
}

void ignore_notice(void* /*nobody*/, const char* /*message*/) {}

/// Throws a usage error for what is no address. Nothing of it is shown, for what libpq stumbles over may be a secret.
void require_address(const std::string& address) {
    char* why = nullptr;
    PQconninfoOption* const options = libpq().parse_address(address.c_str(), &why);
    libpq().free_memory(why);
    if (options == nullptr) {
        throw core::Error{core::ErrorKind::usage, "the address of the store is none that libpq can read"}.hint(
            "write it as `postgresql://USER@HOST:PORT/DATABASE`, other characters than letters and digits as %XX, and "
            "behind `?` parameters that libpq knows");
    }
    libpq().free_address(options);
}

/// A parameter as libpq takes it: a C string, or null. `keep` holds the digits of integers.
const char* text_of(const Value& value, std::string& keep) {
    if (const auto* const text = value.text()) {
        if (text->find('\0') != std::string::npos) {
            throw PostgresFailure{.state = "22021", .text = "PostgreSQL keeps no text with a NUL in it"};
        }
        return text->c_str();
    }
    if (const auto* const integer = value.integer()) {
        keep = std::to_string(*integer);
        return keep.c_str();
    }
    return nullptr;
}

}  // namespace

PostgresConnection::PostgresConnection(const Location& location)
    : location_{location},
      name_{core::quote(location.address)},
      last_moment_{location.look_only ? Clock::now() + look_limit : Clock::time_point::max()} {
    require_address(location.address);
    guard("reach", Right::viewer, [this] { connect_patiently(); });
}

std::string PostgresConnection::role() const {
    const char* const user = connection_ ? libpq().user(connection_.get()) : nullptr;
    return user != nullptr ? user : "";
}

bool PostgresConnection::has_transaction() const {
    const auto status = libpq().transaction_status(connection_.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

PostgresConnection::Clock::time_point PostgresConnection::end_of(Milliseconds limit) const {
    return std::min(Clock::now() + limit, last_moment_);
}

PostgresFailure PostgresConnection::lost() const {
    return failure_in(libpq().error_message(connection_.get()));
}

/// A server that starts, or has no place for another client, may have one a moment later.
void PostgresConnection::connect_patiently() {
    constexpr milliseconds pause{100};
    const auto begin = Clock::now();
    const auto end = end_of(patience());
    for (;;) {
        try {
            connect(end_of(connect_limit));
            break;
        } catch (const PostgresFailure& failure) {
            const bool passes =
                failure.state == sqlstate::cannot_connect_now || failure.state == sqlstate::too_many_connections;
            if (!passes || Clock::now() + pause > end) {
                throw;
            }
        }
        std::this_thread::sleep_for(pause);
    }
    spend(std::chrono::duration_cast<milliseconds>(Clock::now() - begin));
}

/// libpq by itself would wait for one host as long as for all of them.
void PostgresConnection::connect(Clock::time_point end) {
    connection_.reset(begin_to_connect(location_.address, {}));
    const auto hosts = hosts_in(connection_.get());
    std::optional<PostgresFailure> starting;  // one that starts is worth waiting for, whatever the last one says
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        const auto left = static_cast<std::int64_t>(hosts.size() - i);
        if (hosts.size() > 1) {
            connection_.reset(begin_to_connect(location_.address, hosts[i]));
        }
        try {
            go_on_connecting(Clock::now() + (end - Clock::now()) / left);
            return;
        } catch (const PostgresFailure& failure) {
            const bool starts = failure.state == sqlstate::cannot_connect_now;
            if (!starts && !failure.state.empty()) {
                throw;
            }
            if (starts) {
                starting = failure;
            }
            if (left == 1) {
                throw starting.value_or(failure);
            }
        }
    }
}

void PostgresConnection::go_on_connecting(Clock::time_point end) {
    auto* const connection = connection_.get();
    if (connection == nullptr || libpq().status(connection) == CONNECTION_BAD) {
        throw lost();
    }
    libpq().set_error_verbosity(connection, PQERRORS_VERBOSE);
    libpq().set_notice_processor(connection, ignore_notice, nullptr);
    for (auto next = PGRES_POLLING_WRITING; next != PGRES_POLLING_OK; next = libpq().connect_poll(connection)) {
        if (next == PGRES_POLLING_FAILED) {
            throw lost();
        }
        wait(next == PGRES_POLLING_READING ? POLLIN : POLLOUT, end);
    }
    constexpr int oldest_server = 140000;  // knows client_connection_check_interval
    if (libpq().server_version(connection) < oldest_server) {
        throw PostgresFailure{.state = {}, .text = "the server is older than PostgreSQL 14", .is_lost = true};
    }
}

void PostgresConnection::wait(short events, Clock::time_point end) const {
    pollfd socket{.fd = libpq().socket(connection_.get()), .events = events, .revents = 0};
    const auto left = std::chrono::ceil<milliseconds>(end - Clock::now()).count();
    const auto most = std::clamp<std::int64_t>(left, 0, std::chrono::milliseconds{usual_limit}.count());
    const int ready = ::poll(&socket, 1, static_cast<int>(most));
    if (ready == 0 && Clock::now() >= end) {
        throw PostgresFailure{.state = {}, .text = "the server does not answer", .is_lost = true};
    }
}

PostgresResult PostgresConnection::next_result(Clock::time_point end) {
    auto* const connection = connection_.get();
    while (libpq().is_busy(connection) != 0) {
        wait(POLLIN, end);
        if (libpq().consume_input(connection) == 0) {
            throw lost();
        }
    }
    return PostgresResult{libpq().get_result(connection)};
}

namespace {

/// What a result that is an error says.
PostgresFailure failure_of(const PostgresResult& result) {
    const auto field = [&](int code) {
        const char* const text = libpq().result_error_field(result.get(), code);
        return std::string{text != nullptr ? text : ""};
    };
    PostgresFailure failure{.state = field(PG_DIAG_SQLSTATE), .text = field(PG_DIAG_MESSAGE_PRIMARY)};
    if (failure.state.empty()) {
        failure = failure_in(libpq().result_error_message(result.get()));
    }
    failure.is_lost = failure.state.empty() || field(PG_DIAG_SEVERITY_NONLOCALIZED) == "FATAL";
    return failure;
}

}  // namespace

void PostgresConnection::require(const PostgresResult& result) {
    if (libpq().result_status(result.get()) == PGRES_FATAL_ERROR) {
        throw failure_of(result);
    }
}

/// Reads all answers, so that the next statement finds the connection idle, and throws the first failure.
PostgresResult PostgresConnection::last_result(Clock::time_point end) {
    std::optional<PostgresResult> last;
    std::optional<PostgresResult> failed;
    for (auto result = next_result(end); result.get() != nullptr; result = next_result(end)) {
        const auto status = libpq().result_status(result.get());
        const bool is_failure = status == PGRES_FATAL_ERROR;
        auto& place = is_failure && !failed ? failed : last;
        place.emplace(std::move(result));
        if (status == PGRES_COPY_IN) {
            break;
        }
    }
    if (failed) {
        require(*failed);
    }
    if (!last) {
        throw lost();
    }
    return std::move(*last);
}

PostgresResult PostgresConnection::run(const std::string& sql, std::span<const Value> parameters, Milliseconds limit) {
    std::vector<std::string> digits(parameters.size());
    std::vector<const char*> values;
    values.reserve(parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        values.push_back(text_of(parameters[i], digits[i]));
    }
    if (libpq().send_query_params(connection_.get(), sql.c_str(), static_cast<int>(values.size()), nullptr,
                                  values.data(), nullptr, nullptr, 0 /* texts */) == 0) {
        throw lost();
    }
    return last_result(end_of(limit));
}

PostgresResult PostgresConnection::run_script(const std::string& sql, Milliseconds limit) {
    if (libpq().send_query(connection_.get(), sql.c_str()) == 0) {
        throw lost();
    }
    return last_result(end_of(limit));
}

void PostgresConnection::copy_in(const std::string& into, const std::function<std::string_view()>& next) {
    run_script("COPY " + into + " FROM STDIN");
    const auto end = [&](const char* failure) {
        if (libpq().put_copy_end(connection_.get(), failure) != 1) {
            throw lost();
        }
        last_result(end_of(usual_limit));
    };
    try {
        for (auto piece = next(); !piece.empty(); piece = next()) {
            if (libpq().put_copy_data(connection_.get(), piece.data(), static_cast<int>(piece.size())) != 1) {
                throw lost();
            }
        }
    } catch (const core::Error&) {  // of whoever has the pieces
        try {
            end("stopped");
        } catch (const PostgresFailure&) {  // NOLINT(bugprone-empty-catch): it says what it was told
        }
        throw;
    }
    end(nullptr);
}

}  // namespace xmppfed::store

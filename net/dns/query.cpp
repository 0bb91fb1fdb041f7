#include "net/dns/query.hpp"

#include <poll.h>
#include <sys/random.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <new>

#include <fmt/format.h>

#include "core/error.hpp"

namespace xmppfed::net {

namespace {

constexpr std::size_t rounds = 2;
constexpr std::size_t length_octets = 2;  // before a message over TCP (RFC 1035 section 4.2.2)

/// An id that nobody can guess: whoever knows it can answer for the server.
std::uint16_t random_id() {
    std::uint16_t id = 0;
    if (getrandom(&id, sizeof id, 0) != sizeof id) {
        throw core::Error{core::ErrorKind::failed, "the system has no random numbers"}.because(std::strerror(errno));
    }
    return id;
}

std::string with_length(const std::string& message) {
    constexpr unsigned octet = 8;
    return std::string{static_cast<char>(message.size() >> octet), static_cast<char>(message.size())} + message;
}

std::size_t length_in(std::string_view head) {
    constexpr std::size_t octet = 256;
    return static_cast<unsigned char>(head[0]) * octet + static_cast<unsigned char>(head[1]);
}

std::string code_text(int code) {
    constexpr int refused = 5;
    switch (code) {
    case Answer::server_failure:
        return "the resolver could not find out (SERVFAIL)";
    case refused:
        return "the resolver refuses to look (REFUSED)";
    default:
        return fmt::format("the resolver answers with code {}", code);
    }
}

}  // namespace

void Query::begin() {
    checking_ = plan_.trust == DnssecTrust::off ? Checking::disabled : Checking::enabled;
    send_datagram();
}

Wait Query::wait() const {
    return {.descriptor = socket_.number(),
            .events = static_cast<short>(transport_ == Transport::connecting ? POLLOUT : POLLIN),
            .until = end_};
}

void Query::send_datagram() {
    end_ = Clock::now() + plan_.timeout / static_cast<int>(rounds * plan_.servers.size());
    transport_ = Transport::datagram;
    id_ = random_id();
    const auto message = write_query(plan_.question, id_, checking_, edns_);
    auto connection = connect_to(server(), SOCK_DGRAM);
    socket_ = std::move(connection.socket);
    int problem = connection.problem;
    if (problem == 0 && send(socket_.number(), message.data(), message.size(), MSG_NOSIGNAL) < 0) {
        problem = errno;
    }
    if (problem != 0) {
        reason_ = std::strerror(problem);
        socket_.reset();
        end_ = Clock::now();  // the next step goes on to the next server
    }
}

void Query::wake(short events) {
    if (events == 0) {
        try_next(socket_.is_open() ? "no answer" : reason_);
        return;
    }
    switch (transport_) {
    case Transport::datagram:
        read_datagram();
        break;
    case Transport::connecting:
        send_over_stream();
        break;
    case Transport::stream:
        read_stream();
        break;
    }
}

void Query::try_next(std::string reason) {
    if (!has_answered_) {
        reason_ = std::move(reason);
    }
    edns_ = Edns::with;
    if (++attempt_ < rounds * plan_.servers.size()) {
        send_datagram();
        return;
    }
    finish({.failure = has_answered_ ? core::DnsFailure::refused : core::DnsFailure::silent, .reason = reason_});
}

void Query::read_datagram() {
    constexpr std::size_t largest = 65535;
    std::string message(largest, '\0');
    const auto size = recv(socket_.number(), message.data(), message.size(), 0);
    if (size < 0) {
        if (errno != EAGAIN && errno != EINTR) {
            try_next(std::strerror(errno));
        }
        return;
    }
    message.resize(static_cast<std::size_t>(size));
    const auto answer = read_answer(message, plan_.question, id_);
    if (!answer) {
        return;  // somebody else's, or a forgery: the true one may still come
    }
    if (answer->is_truncated) {
        auto connection = connect_to(server(), SOCK_STREAM);
        socket_ = std::move(connection.socket);
        transport_ = Transport::connecting;
        if (connection.problem != 0) {
            try_next(std::strerror(connection.problem));
        }
        return;
    }
    take(*answer);
}

void Query::send_over_stream() {
    if (const auto problem = connection_problem(socket_.number()); problem != 0) {
        try_next(fmt::format("over TCP: {}", std::strerror(problem)));
        return;
    }
    id_ = random_id();
    const auto message = with_length(write_query(plan_.question, id_, checking_, edns_));
    // A query fits into the empty buffer of a fresh connection as a whole.
    if (send(socket_.number(), message.data(), message.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(message.size())) {
        try_next(fmt::format("over TCP: {}", std::strerror(errno)));
        return;
    }
    transport_ = Transport::stream;
    received_.clear();
}

void Query::read_stream() {
    constexpr std::size_t piece = 4096;
    char buffer[piece];
    const auto size = recv(socket_.number(), buffer, sizeof buffer, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (size <= 0) {
        try_next(size == 0 ? "over TCP: the resolver closed the connection"
                           : fmt::format("over TCP: {}", std::strerror(errno)));
        return;
    }
    received_.append(buffer, static_cast<std::size_t>(size));
    if (received_.size() < length_octets || received_.size() < length_octets + length_in(received_)) {
        return;
    }
    const auto message = std::string_view{received_}.substr(length_octets, length_in(received_));
    const auto answer = read_answer(message, plan_.question, id_);
    if (!answer || answer->is_truncated) {
        try_next("over TCP: the resolver sent no answer to the question");
        return;
    }
    take(*answer);
}

core::DnsState Query::state_of(const Answer& answer) const {
    if (plan_.trust == DnssecTrust::off || !server().is_loopback()) {
        return core::DnsState::unknown;
    }
    return answer.is_authenticated ? core::DnsState::secure : core::DnsState::insecure;
}

void Query::take(const Answer& answer) {
    if (answer.code != Answer::no_error && answer.code != Answer::no_such_name) {
        take_failure(answer);
        return;
    }
    if (!withheld_.empty()) {
        finish({.failure = core::DnsFailure::bogus, .state = core::DnsState::bogus, .reason = withheld_});
        return;
    }
    finish({.state = state_of(answer), .records = answer.records});
}

/// A resolver that validates answers a forged record with SERVFAIL, and hands it out when it is told not to check.
void Query::take_failure(const Answer& answer) {
    const bool may_know_no_edns = answer.code == Answer::format_error || answer.code == Answer::not_implemented;
    if (may_know_no_edns && edns_ == Edns::with) {  // it is asked once more in the older form (RFC 6891 section 6.2.2)
        edns_ = Edns::without;
        send_datagram();
        return;
    }
    const bool may_be_bogus = answer.code == Answer::server_failure && checking_ == Checking::enabled;
    if (may_be_bogus) {
        withheld_ = answer.extended_error.empty() ? "the resolver does not say why" : answer.extended_error;
        checking_ = Checking::disabled;
        send_datagram();
        return;
    }
    reason_ = code_text(answer.code);
    if (const auto& why = withheld_.empty() ? answer.extended_error : withheld_; !why.empty()) {
        reason_ += ": " + why;
    }
    has_answered_ = true;
    withheld_.clear();
    edns_ = Edns::with;
    checking_ = plan_.trust == DnssecTrust::off ? Checking::disabled : Checking::enabled;
    if (attempt_ + 1 >= plan_.servers.size()) {  // once to each is enough
        finish({.failure = core::DnsFailure::refused, .reason = reason_});
        return;
    }
    try_next({});
}

void Query::finish(Reply reply) {
    socket_.reset();
    const auto receive = std::exchange(receive_, nullptr);
    receive(reply);
}

}  // namespace xmppfed::net

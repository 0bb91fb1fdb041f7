#include "net/stream/endpoint_probe.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace xmppfed::net {

namespace {

using core::ProbeOutcome;
using core::ProbeStep;

constexpr Milliseconds farewell{1000};              // how long the other side may take to say good-bye
constexpr std::string_view tls_alert = "\x15\x03";  // what a TLS server says to a header in plain text
constexpr std::string_view good_bye = "</stream:stream>";

std::string header(const EndpointPlan& plan) {
    const auto from = plan.from.empty() ? std::string{} : fmt::format("from='{}' ", plan.from);
    return fmt::format(
        "<?xml version='1.0'?><stream:stream xmlns='jabber:server' "
        "xmlns:db='jabber:server:dialback' xmlns:stream='http://etherx.jabber.org/streams' "
        "{}to='{}' version='1.0'>",
        from, plan.to);
}

bool is_without_route(int error) {
    return error == ENETUNREACH || error == EADDRNOTAVAIL || error == EAFNOSUPPORT;
}

}  // namespace

EndpointProbe::EndpointProbe(EndpointPlan plan, const TlsIdentity& identity, Receiver receive, Listener listen)
    : plan_{std::move(plan)}, identity_{identity}, receive_{std::move(receive)}, listen_{std::move(listen)} {
    facts_.service = plan_.service;
    facts_.target = plan_.target;
    facts_.address = plan_.address.text();
    facts_.port = plan_.address.port();
    connect();
}

void EndpointProbe::connect() {
    enter(State::connecting);
    auto connection = connect_to(plan_.address, SOCK_STREAM);
    socket_ = std::move(connection.socket);
    const int problem = connection.problem;
    if (problem != 0) {
        socket_.reset();
        facts_.outcome = is_without_route(problem) ? ProbeOutcome::no_route : ProbeOutcome::unreachable;
        facts_.reason = std::strerror(problem);
        end_ = Clock::now();  // told with the first step
    }
}

Wait EndpointProbe::wait() const {
    const bool writes = state_ == State::connecting || !unsent_.empty();
    return {.descriptor = socket_.number(),
            .events = static_cast<short>(POLLIN | (writes ? POLLOUT : 0)),
            .until = std::min(end_, plan_.deadline)};
}

ProbeStep EndpointProbe::step() const {
    switch (state_) {
    case State::connecting:
        return ProbeStep::connect;
    case State::header:
        return ProbeStep::header;
    case State::starttls:
        return ProbeStep::starttls;
    case State::handshake:
        return ProbeStep::handshake;
    case State::second_header:
        return ProbeStep::second_header;
    case State::authentication:
        return ProbeStep::authentication;
    case State::closing:
        return ProbeStep::done;
    }
    return ProbeStep::done;
}

void EndpointProbe::enter(State state) {
    state_ = state;
    end_ = Clock::now() + (state == State::closing ? std::min(farewell, plan_.timeout) : plan_.timeout);
}

void EndpointProbe::wake(short events) {
    if (!socket_.is_open()) {
        facts_.step = step();
        finish();
        return;
    }
    if (events == 0) {
        if (state_ == State::closing) {
            finish();
        } else {
            fail(ProbeOutcome::timeout);
        }
        return;
    }
    if (state_ == State::connecting) {
        begin();
        return;
    }
    if ((events & (POLLIN | POLLHUP | POLLERR)) != 0) {
        read();
    }
    if (!is_done()) {
        flush();
    }
}

void EndpointProbe::begin() {
    if (const auto problem = connection_problem(socket_.number()); problem != 0) {
        fail(is_without_route(problem) ? ProbeOutcome::no_route : ProbeOutcome::unreachable, std::strerror(problem));
        return;
    }
    if (plan_.service == core::Service::xmpps_server) {
        begin_tls();
    } else {
        enter(State::header);
        reader_.emplace();
        say(header(plan_));
    }
    flush();
}

void EndpointProbe::begin_tls() {
    enter(State::handshake);
    const auto offer =
        plan_.service == core::Service::xmpps_server ? TlsChannel::Offer::direct : TlsChannel::Offer::starttls;
    channel_ = std::make_unique<TlsChannel>(identity_, plan_.server_name, offer);
    reader_.emplace();
    unsent_ += channel_->take_output();
}

void EndpointProbe::say(std::string_view text) {
    if (listen_) {
        listen_(/*is_ours=*/true, text);
    }
    if (is_encrypted()) {
        channel_->send(text);
        unsent_ += channel_->take_output();
    } else {
        unsent_ += text;
    }
}

void EndpointProbe::flush() {
    while (!unsent_.empty()) {
        const auto size = send(socket_.number(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
        if (size < 0) {
            return;  // what is wrong shows when reading, behind what was said before
        }
        unsent_.erase(0, static_cast<std::size_t>(size));
    }
}

void EndpointProbe::read() {
    constexpr std::size_t piece = 16384;
    std::array<char, piece> buffer{};
    const auto size = recv(socket_.number(), buffer.data(), buffer.size(), 0);
    if (size > 0) {
        facts_.has_spoken = true;
        take({buffer.data(), static_cast<std::size_t>(size)});
    } else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
        end_of_input(size == 0 ? 0 : errno);
    }
}

void EndpointProbe::take(std::string_view octets) {
    if (!is_encrypted()) {
        hear(octets);
        return;
    }
    const auto text = channel_->receive(octets);
    unsent_ += channel_->take_output();
    if (state_ == State::handshake && channel_->is_established()) {
        facts_.tls = channel_->facts();
        facts_.presented_certificate = facts_.tls->certificate_requested && identity_.has_certificate();
        enter(State::second_header);
        say(header(plan_));
    }
    if (!text.empty()) {
        hear(text);
    }
    if (!is_done() && channel_->has_failed() && state_ != State::closing) {
        fail_tls();
    }
}

void EndpointProbe::hear(std::string_view text) {
    if (listen_) {
        listen_(/*is_ours=*/false, text);
    }
    if (state_ == State::header && !reader_->heard().has_header && text.starts_with(tls_alert)) {
        fail(ProbeOutcome::wrong_service, "this port speaks TLS from the first octet: it is that of _xmpps-server");
        return;
    }
    reader_->read(text);
    const auto& heard = reader_->heard();
    if (state_ == State::closing) {
        note_late_fault();
        if (heard.has_ended || !heard.problem.empty()) {
            finish();
        }
    } else if (heard.fault) {
        fault();
    } else if (!heard.problem.empty()) {
        fail(ProbeOutcome::not_xmpp, heard.problem);
    } else if (state_ == State::header || state_ == State::starttls) {
        judge_first_stream();
    } else if (state_ == State::second_header) {
        judge_second_stream();
    } else if (state_ == State::authentication) {
        judge_authentication();
    }
}

void EndpointProbe::close_stream() {
    facts_.step = ProbeStep::done;
    enter(State::closing);
    say(good_bye);
}

void EndpointProbe::fault() {
    if (state_ == State::authentication) {
        note_authentication();
    }
    facts_.fault = reader_->heard().fault;
    facts_.outcome = ProbeOutcome::stream_error;
    facts_.step = step();
    enter(State::closing);
    say(good_bye);
}

/// Who lets everybody in by SASL may say only then that we are not welcome.
void EndpointProbe::note_late_fault() {
    if (reader_->heard().fault && facts_.outcome == ProbeOutcome::ok &&
        facts_.authentication == core::Authentication::accepted) {
        facts_.fault = reader_->heard().fault;
        facts_.outcome = ProbeOutcome::stream_error;
        facts_.step = ProbeStep::authentication;
    }
}

void EndpointProbe::end_of_input(int error) {
    if (state_ == State::closing) {
        finish();
        return;
    }
    const auto reason = error == 0 ? std::string{} : std::string{std::strerror(error)};
    if (state_ == State::handshake && plan_.service == core::Service::xmpps_server && !facts_.has_spoken) {
        fail(ProbeOutcome::wrong_service,
             "it closes as soon as TLS begins, without an alert: it may be the port of "
             "STARTTLS");
    } else if (state_ == State::handshake) {
        fail(ProbeOutcome::tls_failed, reason.empty() ? "it closed without an alert" : reason);
    } else {
        fail(ProbeOutcome::closed, reason);
    }
}

void EndpointProbe::fail_tls() {
    facts_.alert = channel_->alert();
    const bool is_plain = channel_->is_no_tls() && plan_.service == core::Service::xmpps_server;
    fail(is_plain ? ProbeOutcome::wrong_service : ProbeOutcome::tls_failed,
         is_plain ? "this port speaks no TLS at first: it may be that of STARTTLS" : channel_->problem());
}

void EndpointProbe::fail(ProbeOutcome outcome, std::string reason) {
    facts_.outcome = outcome;
    facts_.step = step();
    facts_.reason = std::move(reason);
    finish();
}

void EndpointProbe::finish() {
    socket_.reset();
    const auto receive = std::exchange(receive_, nullptr);
    receive(std::move(facts_));
}

}  // namespace xmppfed::net

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/probe/stream_facts.hpp"
#include "net/descriptor.hpp"
#include "net/loop.hpp"
#include "net/stream/stream_reader.hpp"
#include "net/stream/tls_channel.hpp"

namespace xmppfed::net {

/// Whether SASL EXTERNAL is tried where it is offered.
enum class Authenticate { no, yes };

/// What it takes to look at one address.
struct EndpointPlan {
    core::Service service = core::Service::xmpp_server;
    std::string target;
    Address address;
    std::string from;         ///< for headers: ours, with U-labels; "": unsaid
    std::string to;           ///< theirs, as the header has it
    std::string server_name;  ///< theirs, in A-labels, for TLS
    Milliseconds timeout{};   ///< for one step
    Clock::time_point deadline;
    Authenticate authenticate = Authenticate::no;
};

/// Told of every octet that is sent (true) and received, as the stream has them.
using Listener = std::function<void(bool is_ours, std::string_view text)>;

/// Looks at one address as a server would that wants to send something: connects, says a header, starts TLS where it is
/// offered, says another one, reads the features and says good-bye. It sends nothing that was not offered, no dialback
/// request, no stanza, and SASL only when it was asked for.
class EndpointProbe : public Task {
  public:
    using Receiver = std::function<void(core::EndpointFacts)>;

    /// `identity` must outlive it.
    EndpointProbe(EndpointPlan plan, const TlsIdentity& identity, Receiver receive, Listener listen = {});

    [[nodiscard]] bool is_done() const override { return receive_ == nullptr; }
    [[nodiscard]] Wait wait() const override;
    void wake(short events) override;

  private:
    enum class State { connecting, header, starttls, handshake, second_header, authentication, closing };

    void connect();
    void enter(State state);
    void begin();
    void begin_tls();
    void say(std::string_view text);
    void flush();
    void read();
    void take(std::string_view octets);
    void hear(std::string_view text);
    void judge_first_stream();
    void judge_second_stream();
    void judge_authentication();
    void note_authentication();
    void close_stream();
    void end_of_input(int error);
    void fail(core::ProbeOutcome outcome, std::string reason = {});
    void fail_tls();
    void note_late_fault();
    void fault();
    void finish();
    [[nodiscard]] core::ProbeStep step() const;
    [[nodiscard]] bool is_encrypted() const { return channel_ != nullptr; }

    EndpointPlan plan_;
    const TlsIdentity& identity_;
    Receiver receive_;
    Listener listen_;
    core::EndpointFacts facts_;
    State state_ = State::connecting;
    Descriptor socket_;
    std::string unsent_;
    std::unique_ptr<TlsChannel> channel_;
    std::optional<StreamReader> reader_;
    Clock::time_point end_;  ///< of the step
};

}  // namespace xmppfed::net

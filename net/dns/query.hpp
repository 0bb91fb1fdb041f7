#pragma once

#include <optional>
#include <string>
#include <vector>

#include "net/descriptor.hpp"
#include "net/dns/stub_resolver.hpp"

namespace xmppfed::net {

/// What a query has to know.
struct QueryPlan {
    Question question;
    std::vector<Address> servers;
    DnssecTrust trust = DnssecTrust::resolver;
    Milliseconds timeout{};
};

/// One question on its way, from server to server.
class Query : public Task {
  public:
    Query(QueryPlan plan, Receiver receive) : plan_{std::move(plan)}, receive_{std::move(receive)} {}

    /// Asks the first server. What fails at once is told with the next step.
    void begin();

    [[nodiscard]] bool is_done() const override { return receive_ == nullptr; }
    [[nodiscard]] Wait wait() const override;
    void wake(short events) override;

  private:
    enum class Transport { datagram, connecting, stream };

    [[nodiscard]] const Address& server() const { return plan_.servers[attempt_ % plan_.servers.size()]; }
    void send_datagram();
    void send_over_stream();
    void read_datagram();
    void read_stream();
    void try_next(std::string reason);
    void take(const Answer& answer);
    void take_failure(const Answer& answer);
    void finish(Reply reply);
    [[nodiscard]] core::DnsState state_of(const Answer& answer) const;

    QueryPlan plan_;
    Receiver receive_;
    std::size_t attempt_ = 0;
    Transport transport_ = Transport::datagram;
    Checking checking_ = Checking::enabled;
    Edns edns_ = Edns::with;
    std::string withheld_;  ///< why the server kept an answer back, while it is asked for it without its checks
    bool has_answered_ = false;
    std::string reason_;  ///< of the last attempt that failed
    std::uint16_t id_ = 0;
    Descriptor socket_;
    std::string received_;
    Clock::time_point end_;  ///< of the attempt
};

}  // namespace xmppfed::net

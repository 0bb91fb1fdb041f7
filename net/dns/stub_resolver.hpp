#pragma once

#include <vector>

#include "net/address.hpp"
#include "net/dns/resolver.hpp"
#include "net/loop.hpp"

namespace xmppfed::net {

/// Whether the resolver's word on DNSSEC counts.
enum class DnssecTrust {
    resolver,  ///< the AD bit of one at a loopback address; from elsewhere anybody could have set it
    off,       ///< nobody is asked to validate
};

/// Asks recursive resolvers, over UDP and where an answer is cut off over TCP.
class StubResolver : public Resolver {
  public:
    /// `servers` are asked one after the other, twice, until one answers, all within `timeout`. `loop` must outlive
    /// this, and this the questions.
    StubResolver(Loop& loop, std::vector<Address> servers, DnssecTrust trust, Milliseconds timeout)
        : loop_{loop}, servers_{std::move(servers)}, trust_{trust}, timeout_{timeout} {}

    void ask(const Question& question, Receiver receive) override;

  private:
    Loop& loop_;
    std::vector<Address> servers_;
    DnssecTrust trust_;
    Milliseconds timeout_;
};

}  // namespace xmppfed::net

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/probe/dns_facts.hpp"
#include "net/dns/message.hpp"

namespace xmppfed::net {

/// What came of a question.
struct Reply {
    core::DnsFailure failure = core::DnsFailure::none;
    core::DnsState state = core::DnsState::unknown;
    std::vector<Record> records = {};
    std::string reason = {};  ///< of a failure, safe for a terminal
};

using Receiver = std::function<void(const Reply&)>;

/// Somebody who answers questions, each in its own time.
class Resolver {
  public:
    Resolver() = default;
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;
    virtual ~Resolver() = default;

    /// Calls `receive` once, later.
    virtual void ask(const Question& question, Receiver receive) = 0;
};

}  // namespace xmppfed::net

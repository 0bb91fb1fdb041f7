#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/probe/stream_facts.hpp"
#include "net/dns/resolver.hpp"
#include "net/probe/address_gate.hpp"
#include "net/stream/endpoint_probe.hpp"

namespace xmppfed::net {

enum class Families { both, ipv4, ipv6 };
enum class DirectTls { automatic, only, never };
enum class Targets { first_that_works, all };

/// A host, or an address, and a port.
struct NamedPlace {
    std::string host;
    std::uint16_t port = 0;
};

/// Who says where a host is.
enum class HostLookup { system, resolver };

/// How to look at one domain.
struct DomainPlan {
    std::string domain;                      ///< A-labels
    std::string from;                        ///< A-labels: one of our domains; "": unsaid
    std::optional<NamedPlace> connect = {};  ///< there alone, without the domain's records
    HostLookup host_lookup = HostLookup::system;
    Families families = Families::both;
    DirectTls direct_tls = DirectTls::automatic;
    Targets targets = Targets::first_that_works;
    Authenticate authenticate = Authenticate::no;
    Milliseconds timeout{10'000};   ///< for one step
    Milliseconds deadline{30'000};  ///< for all of it, without waiting for others
    Listener listen = {};
};

/// What those that look at the same time share; all of it must outlive them.
struct ProbeTools {
    Loop& loop;
    Resolver& resolver;
    const TlsIdentity& identity;
    AddressGate& gate;
};

/// Looks the domain up, then at its endpoints in the order of DNS, one after the other, until one works. `receive` is
/// called once, later.
void probe_domain(const ProbeTools& tools, const DomainPlan& plan, std::function<void(core::ProbeFacts)> receive);

}  // namespace xmppfed::net

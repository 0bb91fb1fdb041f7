#pragma once

#include <functional>
#include <string>

#include "core/probe/dns_facts.hpp"
#include "net/dns/resolver.hpp"

namespace xmppfed::net {

/// Looks up how servers reach a domain: its services, their targets and addresses, and where DNSSEC confirms the
/// services also what it says of their certificates. `receive` is called once, later. `resolver` must outlive it.
void look_up(Resolver& resolver, const std::string& domain, std::function<void(core::DnsFacts)> receive);

}  // namespace xmppfed::net

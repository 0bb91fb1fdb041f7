#pragma once

#include <memory>
#include <string>
#include <vector>

#include "net/address.hpp"
#include "net/dns/resolver.hpp"
#include "net/loop.hpp"

namespace xmppfed::net {

/// Makes a resolver that validates by itself (RFC 4035 section 5), from the trust anchors in a file, what it learns from
/// `servers`. It is libunbound, loaded only now. `loop` must outlive it. Throws `core::Error` of kind failed without the
/// library, or when the file cannot be used.
[[nodiscard]] std::unique_ptr<Resolver> make_unbound_resolver(Loop& loop, const std::vector<Address>& servers,
                                                              const std::string& trust_anchor_file,
                                                              Milliseconds timeout);

}  // namespace xmppfed::net

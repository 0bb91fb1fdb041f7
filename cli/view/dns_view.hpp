#pragma once

#include <string>
#include <vector>

#include "cli/view/layout/display.hpp"
#include "core/probe/dns_judgement.hpp"

namespace xmppfed::cli::view {

/// Under which circumstances DNS was looked at.
struct DnsLook {
    std::vector<std::string> resolvers;
    std::string at;
};

/// What DNS says of a domain, in lines that begin with two blanks.
[[nodiscard]] std::string dns_text(const core::DnsFacts& facts);

/// Prints the outcome of `dns check` in the format asked for.
void print_dns_checks(const Display& display, const std::vector<core::DomainCheck>& checks, const DnsLook& look);

}  // namespace xmppfed::cli::view

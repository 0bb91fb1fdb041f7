#include "app/probe/resolvers.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "net/dns/system_resolvers.hpp"
#include "net/dns/unbound_resolver.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

constexpr std::string_view system_trust_anchors = "/usr/share/dns/root.key";  // Debian's package dns-root-data
constexpr std::size_t longest_trust_anchors = std::size_t{1} << 24U;

}  // namespace

std::vector<net::Address> resolvers_of(const DnsWish& wish) {
    if (wish.resolvers.empty()) {
        return net::system_resolvers();
    }
    std::vector<net::Address> servers;
    for (const auto& text : wish.resolvers) {
        const auto address = net::Address::read_with_port(text, net::dns_port);
        if (!address) {
            throw core::Error{core::ErrorKind::usage, fmt::format("--resolver {} is no IP address", core::quote(text))}
                .hint("give an address, and a port if it is not 53: 127.0.0.1, 192.0.2.1:5353, [2001:db8::1]:53");
        }
        servers.push_back(*address);
    }
    return servers;
}

std::vector<std::string> texts_of(const std::vector<net::Address>& servers) {
    std::vector<std::string> texts;
    std::ranges::transform(servers, std::back_inserter(texts), &net::Address::text_with_port);
    return texts;
}

std::unique_ptr<net::Resolver> make_resolver(net::Loop& loop, const std::vector<net::Address>& servers,
                                             const DnsWish& wish) {
    if (wish.dnssec == Dnssec::validate) {
        if (wish.trust_anchor_file) {  // the library would not tell what is wrong with a file that is named
            static_cast<void>(store::read_file("the trust anchors", *wish.trust_anchor_file, longest_trust_anchors));
        }
        return net::make_unbound_resolver(
            loop, servers, wish.trust_anchor_file.value_or(std::string{system_trust_anchors}), wish.timeout);
    }
    const auto trust = wish.dnssec == Dnssec::off ? net::DnssecTrust::off : net::DnssecTrust::resolver;
    return std::make_unique<net::StubResolver>(loop, servers, trust, wish.timeout);
}

}  // namespace xmppfed::app

namespace xmppfed::core {

namespace {

constexpr std::array dnssec_values{
    EnumValue{"resolver",
              "the resolver's word counts when it is at a loopback address; from elsewhere anybody could "
              "have set the bit"},
    EnumValue{"validate", "we validate, with libunbound"},
    EnumValue{"off", "nobody is asked"},
};

}  // namespace

template <>
std::span<const EnumValue> values_of<app::Dnssec>() {
    return dnssec_values;
}

}  // namespace xmppfed::core

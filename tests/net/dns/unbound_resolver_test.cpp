#include "net/dns/unbound_resolver.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <optional>

#include "net/descriptor.hpp"
#include "tests/support/fake_dns.hpp"

namespace xmppfed::net {

TEST_CASE("names of special use are asked of the resolver, as all others are") {
    test::FakeDns dns;
    // The anchor of another zone: these are in none that is signed.
    const auto text = "signed.example. IN DS 1 8 2 " + std::string(64, 'a') + "\n";
    const Descriptor file{memfd_create("anchor", MFD_CLOEXEC)};
    REQUIRE(write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    const auto anchor = fmt::format("/proc/self/fd/{}", file.number());
    const std::vector<std::string> names{
        "_xmpp-server._tcp.fabrikam.test",
        "_xmpp-server._tcp.fabrikam.home.arpa",
        "_xmpp-server._tcp.fabrikam.invalid",
        "_xmpp-server._tcp.fabrikam.onion",
        "_xmpp-server._tcp.fabrikam.localhost",
        "1.2.0.192.in-addr.arpa",
        "1.1.168.192.in-addr.arpa",
        "1.0.0.127.in-addr.arpa",
        "8.b.d.0.1.0.0.2.ip6.arpa",
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa",
    };
    Loop loop;
    const auto resolver =
        make_unbound_resolver(loop, {*Address::read_with_port(dns.address(), 53)}, anchor, Milliseconds{10'000});
    for (const auto& name : names) {
        dns.srv(name, {test::srv_record(name, 0, 0, 5269, "xmpp.fabrikam.test")});
        std::optional<Reply> reply;
        resolver->ask({name, RecordType::srv}, [&](const Reply& it) { reply = it; });
        loop.run([] { return false; });
        CAPTURE(name);
        REQUIRE(reply);
        CHECK(reply->failure == core::DnsFailure::none);
        CHECK(reply->records.size() == 1);
    }
}

}  // namespace xmppfed::net

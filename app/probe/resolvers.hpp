#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/field/enumeration.hpp"
#include "net/dns/stub_resolver.hpp"

namespace xmppfed::app {

/// Who tells whether DNSSEC confirms an answer.
enum class Dnssec { resolver, validate, off };

/// How to look at DNS, as somebody wants it.
struct DnsWish {
    std::vector<std::string> resolvers;  ///< IP or IP:PORT; none: the system's
    Dnssec dnssec = Dnssec::resolver;
    std::optional<std::string> trust_anchor_file;  ///< for `validate`; else the system's
    std::chrono::milliseconds timeout{10'000};     ///< for one question
    std::size_t parallel = 16;                     ///< domains at the same time
};

/// The servers that are asked. Throws a usage error that names a text that is no address.
[[nodiscard]] std::vector<net::Address> resolvers_of(const DnsWish& wish);

/// Each with its port.
[[nodiscard]] std::vector<std::string> texts_of(const std::vector<net::Address>& servers);

/// `loop` must outlive it.
[[nodiscard]] std::unique_ptr<net::Resolver> make_resolver(net::Loop& loop, const std::vector<net::Address>& servers,
                                                           const DnsWish& wish);

}  // namespace xmppfed::app

namespace xmppfed::core {

template <>
std::span<const EnumValue> values_of<app::Dnssec>();

}  // namespace xmppfed::core

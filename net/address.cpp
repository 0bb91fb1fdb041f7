#include "net/address.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>

#include <fmt/format.h>

namespace xmppfed::net {

namespace {

/// The storage as the address that it holds; `memcpy` is how C++ looks at octets as another type.
template <class Form>
Form form_of(const sockaddr_storage& storage) {
    Form form{};
    std::memcpy(&form, &storage, sizeof form);
    return form;
}

}  // namespace

std::optional<std::uint16_t> read_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, problem] = std::from_chars(text.data(), end, port);
    return problem == std::errc{} && rest == end && port != 0 ? std::optional{port} : std::nullopt;
}

HostAddresses Address::find(const std::string& host, std::uint16_t port, int flags) {
    addrinfo wanted{};
    wanted.ai_flags = AI_NUMERICSERV | flags;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int problem = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
    if (problem != 0) {
        return {.was_told = problem == EAI_NONAME || problem == EAI_NODATA};
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned{found, freeaddrinfo};
    HostAddresses result;
    for (const auto* each = found; each != nullptr; each = each->ai_next) {
        Address address;
        std::memcpy(&address.storage_, each->ai_addr, each->ai_addrlen);
        address.size_ = each->ai_addrlen;
        result.addresses.push_back(address);
    }
    return result;
}

HostAddresses Address::of_host(const std::string& host, std::uint16_t port) {
    return find(host, port, 0);
}

std::optional<Address> Address::read(std::string_view text, std::uint16_t port) {
    // The system also reads 1 and 0x7f.1 as IPv4 addresses, which nobody means.
    const bool has_form = text.find(':') != std::string_view::npos || std::ranges::count(text, '.') == 3;
    const auto found = has_form ? find(std::string{text}, port, AI_NUMERICHOST).addresses : std::vector<Address>{};
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<Address> Address::read_with_port(std::string_view text, std::uint16_t usual_port) {
    if (auto address = read(text, usual_port)) {
        return address;
    }
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    auto host = text.substr(0, colon);
    const auto port = read_port(text.substr(colon + 1));
    const bool has_brackets = host.starts_with('[') && host.ends_with(']');
    if (has_brackets) {
        host = host.substr(1, host.size() - 2);
    }
    const bool is_v6 = host.find(':') != std::string_view::npos;
    return port && has_brackets == is_v6 ? read(host, *port) : std::nullopt;
}

std::string Address::text() const {
    char buffer[NI_MAXHOST] = "";
    getnameinfo(data(), size_, buffer, sizeof buffer, nullptr, 0, NI_NUMERICHOST);
    return buffer;
}

std::string Address::text_with_port() const {
    return family() == AF_INET6 ? fmt::format("[{}]:{}", text(), port()) : fmt::format("{}:{}", text(), port());
}

std::uint16_t Address::port() const {
    return ntohs(family() == AF_INET6 ? form_of<sockaddr_in6>(storage_).sin6_port
                                      : form_of<sockaddr_in>(storage_).sin_port);
}

bool Address::is_loopback() const {
    constexpr std::uint32_t first_octet = 24;
    constexpr std::uint32_t loopback_net = 127;
    if (family() == AF_INET6) {
        const auto form = form_of<sockaddr_in6>(storage_);
        return IN6_IS_ADDR_LOOPBACK(&form.sin6_addr);
    }
    return ntohl(form_of<sockaddr_in>(storage_).sin_addr.s_addr) >> first_octet == loopback_net;
}

const sockaddr* Address::data() const {
    return reinterpret_cast<const sockaddr*>(&storage_);  // what the socket calls are made for
}

}  // namespace xmppfed::net

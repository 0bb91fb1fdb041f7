#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xmppfed::net {

struct HostAddresses;

/// An IPv4 or IPv6 address with a port.
class Address {
  public:
    /// The text of an address, an IPv6 one without brackets; a zone may follow behind `%`. None when it is no address.
    [[nodiscard]] static std::optional<Address> read(std::string_view text, std::uint16_t port);

    /// `IP`, `IP:PORT` or `[IP]:PORT`, the port from 1.
    [[nodiscard]] static std::optional<Address> read_with_port(std::string_view text, std::uint16_t usual_port);

    /// The addresses of a host, as the system finds them: by its files or by DNS. It may take a while.
    [[nodiscard]] static HostAddresses of_host(const std::string& host, std::uint16_t port);

    [[nodiscard]] std::string text() const;            ///< without the port
    [[nodiscard]] std::string text_with_port() const;  ///< an IPv6 address in brackets
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] bool is_loopback() const;
    [[nodiscard]] int family() const { return storage_.ss_family; }

    [[nodiscard]] const sockaddr* data() const;
    [[nodiscard]] socklen_t size() const { return size_; }

  private:
    static HostAddresses find(const std::string& host, std::uint16_t port, int flags);

    sockaddr_storage storage_{};
    socklen_t size_ = 0;
};

/// What the system says of a host.
struct HostAddresses {
    std::vector<Address> addresses = {};
    bool was_told = true;  ///< false: nobody could tell, so that there may be some
};

/// A port from 1 to 65535, in digits alone.
[[nodiscard]] std::optional<std::uint16_t> read_port(std::string_view text);

}  // namespace xmppfed::net

#include "net/dns/system_resolvers.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include "core/text/text.hpp"

namespace xmppfed::net {

std::vector<Address> resolvers_in(std::string_view configuration) {
    constexpr std::size_t most = 3;
    constexpr std::string_view keyword = "nameserver";
    std::vector<Address> servers;
    for (const auto& line : core::split(configuration, '\n')) {
        const auto value = line.starts_with(keyword) ? line.substr(keyword.size()) : std::string{};
        if (value.empty() || (value.front() != ' ' && value.front() != '\t') || servers.size() == most) {
            continue;
        }
        const auto words = core::trimmed(value, " \t\r");
        if (const auto server = Address::read(words.substr(0, words.find_first_of(" \t")), dns_port)) {
            servers.push_back(*server);
        }
    }
    if (servers.empty()) {
        servers.push_back(Address::read("127.0.0.1", dns_port).value());
    }
    return servers;
}

std::vector<Address> system_resolvers() {
    std::ifstream file{"/etc/resolv.conf"};
    return resolvers_in(std::string{std::istreambuf_iterator<char>{file}, {}});
}

}  // namespace xmppfed::net

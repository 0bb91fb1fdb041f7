#include "cli/commands/partner/place_options.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "core/edge/dns_records.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::array direct_tls_values{
    core::EnumValue{"auto", "what DNS says, in its order"},
    core::EnumValue{"only", "servers of _xmpps-server alone"},
    core::EnumValue{"never", "servers of _xmpp-server alone"},
};

net::NamedPlace place_of(const std::string& text) {
    const bool is_bracketed = text.starts_with('[') && text.ends_with(']');
    if (const auto address = net::Address::read_with_port(is_bracketed ? text.substr(1, text.size() - 2) : text,
                                                          core::xmpp_server_port)) {
        return {address->text(), address->port()};
    }
    const auto colon = text.rfind(':');
    const auto port = colon == std::string::npos ? std::optional{core::xmpp_server_port}
                                                 : net::read_port(std::string_view{text}.substr(colon + 1));
    const auto host = text.substr(0, colon);
    if (!port || host.empty() || host.find(':') != std::string::npos) {
        throw Error{ErrorKind::usage, fmt::format("--connect {} is no place", core::quote(text))}.hint(
            "give a host or an address, and a port if it is not 5269: xmpp.fabrikam.com, 192.0.2.1:5270");
    }
    const auto domain = core::canonical_domain(host);
    return {domain.valid() ? domain.name : host, *port};  // a hosts file may have names that are no domains
}

}  // namespace

void PlaceOptions::bind(OptionSet& options) {
    options.group("Where");
    options.text({.name = "connect", .value_name = "HOST[:PORT]", .meaning = "look there, without asking DNS"},
                 connect_);
    options.flag("ipv4", ipv4_, "IPv4 addresses alone");
    options.flag("ipv6", ipv6_, "IPv6 addresses alone");
    options.enumeration(
        {.name = "direct-tls", .value_name = "WHEN", .meaning = "which services count", .default_text = "auto"},
        direct_tls_);
    options.flag("all-targets", all_targets_, "look at every server, also behind one that works");
    options.list({.name = "ca-file",
                  .value_name = "FILE",
                  .meaning = "the roots that are trusted",
                  .default_text = "the setting ca_file, else the system's",
                  .names = Names::file},
                 ca_files_);
    dns_.bind(options);
    options.number({.name = "deadline",
                    .value_name = "SECONDS",
                    .meaning = "how long all of one domain may take",
                    .default_text = "30"},
                   deadline_, {1, most_seconds});
}

app::ProbeWish PlaceOptions::wish(const SettingsFiles& settings) const {
    app::ProbeWish wish{.dns = dns_.wish(settings), .from = {}};
    if (ipv4_ && ipv6_) {
        throw Error{ErrorKind::usage, "--ipv4 and --ipv6 exclude each other"}.hint("leave both out for both");
    }
    if (connect_) {
        wish.connect = place_of(*connect_);
    }
    wish.families = ipv4_ ? net::Families::ipv4 : ipv6_ ? net::Families::ipv6 : net::Families::both;
    wish.direct_tls = direct_tls_.value_or(net::DirectTls::automatic);
    wish.targets = all_targets_ ? net::Targets::all : net::Targets::first_that_works;
    if (deadline_) {
        wish.deadline = std::chrono::seconds{*deadline_};
    }
    return wish;
}

std::vector<std::string> PlaceOptions::ca_files(const Context& context) const {
    if (ca_files_.empty()) {
        return context.settings().list(SettingKey::ca_file);
    }
    std::vector<std::string> paths;
    std::ranges::transform(ca_files_, std::back_inserter(paths),
                           [&](const auto& path) { return absolute_path(context.world(), path); });
    return paths;
}

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::net::DirectTls>() {
    return xmppfed::cli::direct_tls_values;
}

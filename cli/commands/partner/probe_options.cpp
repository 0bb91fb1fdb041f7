#include "cli/commands/partner/probe_options.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "app/partner_lookup.hpp"
#include "core/refusal.hpp"
#include "core/rules.hpp"
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

net::Address place_of(const std::string& text) {
    if (const auto address = net::Address::read_with_port(text, core::xmpp_server_port)) {
        return *address;
    }
    const auto colon = text.rfind(':');
    const auto port = colon == std::string::npos ? std::optional{core::xmpp_server_port}
                                                 : net::read_port(std::string_view{text}.substr(colon + 1));
    const auto host = text.substr(0, colon);
    if (!port || host.empty() || host.find(':') != std::string::npos) {
        throw Error{ErrorKind::usage, fmt::format("--connect {} is no place", core::quote(text))}.hint(
            "give a host or an address, and a port if it is not 5269: xmpp.fabrikam.com, 192.0.2.1:5270");
    }
    if (const auto address = net::Address::of_host(host, *port)) {
        return *address;
    }
    throw Error{ErrorKind::failed, fmt::format("the host {} cannot be found", core::quote(host))};
}

}  // namespace

void ProbeOptions::bind(OptionSet& options) {
    options.group("As whom");
    options.text({.name = "from",
                  .value_name = "DOMAIN",
                  .meaning = "which of our XMPP domains asks",
                  .default_text = "the first",
                  .names = Names::xmpp_domain},
                 from_);
    options.text({.name = "certificate",
                  .value_name = "FILE",
                  .meaning = "present this certificate, with its chain behind it",
                  .default_text = "the one in use, when its key can be read",
                  .names = Names::file},
                 certificate_);
    options.text({.name = "key", .value_name = "FILE", .meaning = "its private key", .names = Names::file}, key_);
    options.flag("no-certificate", no_certificate_, "present none");
    options.flag("authenticate", authenticate_, "also try SASL EXTERNAL where it is offered");
    options.group("Where");
    options.text({.name = "connect",
                  .value_name = "HOST[:PORT]",
                  .meaning = "look there, without asking DNS for the domain; for one domain"},
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
                  .default_text = "the system's",
                  .names = Names::file},
                 ca_files_);
    dns_.bind(options);
    options.number({.name = "deadline",
                    .value_name = "SECONDS",
                    .meaning = "how long all of one domain may take",
                    .default_text = "30"},
                   deadline_);
}

std::string ProbeOptions::from(const core::Edge& edge) const {
    const auto& ours = core::effective_xmpp_domains(edge);
    if (from_) {
        auto domain = app::domain_argument(*from_);
        if (std::ranges::find(ours, domain) == ours.end()) {
            throw Error{ErrorKind::usage, fmt::format("--from {} is none of our XMPP domains", core::quote(domain))}
                .hint("servers would take us for somebody else; `xmppfed edge show` lists them");
        }
        return domain;
    }
    if (ours.empty()) {
        core::refuse_unsound({core::make_diagnostic(core::rule::edge_incomplete, "xmpp_domains",
                                                    "the edge has no XMPP domain to ask from",
                                                    "set one with `xmppfed edge set --xmpp-domain contoso.com`")},
                             /*strict=*/false);
    }
    return ours.front();
}

app::ProbeWish ProbeOptions::wish(const core::Edge& edge) const {
    app::ProbeWish wish{.dns = dns_.wish(), .from = from(edge)};
    if (ipv4_ && ipv6_) {
        throw Error{ErrorKind::usage, "--ipv4 and --ipv6 exclude each other"}.hint("leave both out for both");
    }
    if (connect_) {
        wish.connect = place_of(*connect_);
    }
    wish.families = ipv4_ ? net::Families::ipv4 : ipv6_ ? net::Families::ipv6 : net::Families::both;
    wish.direct_tls = direct_tls_.value_or(net::DirectTls::automatic);
    wish.targets = all_targets_ ? net::Targets::all : net::Targets::first_that_works;
    wish.authenticate = authenticate_ ? net::Authenticate::yes : net::Authenticate::no;
    if (deadline_) {
        wish.deadline = std::chrono::seconds{in_range("deadline", *deadline_, most_seconds)};
    }
    return wish;
}

app::IdentityWish ProbeOptions::identity(const World& world) const {
    if (certificate_.has_value() != key_.has_value()) {
        throw Error{ErrorKind::usage, "--certificate and --key belong together"};
    }
    if (no_certificate_ && (certificate_ || authenticate_)) {
        throw Error{ErrorKind::usage, fmt::format("--no-certificate and --{} exclude each other",
                                                  certificate_ ? "certificate" : "authenticate")};
    }
    const auto absolute = [&](const std::optional<std::string>& path) {
        return path ? std::optional{absolute_path(world, *path)} : std::nullopt;
    };
    return {.certificate_file = absolute(certificate_), .key_file = absolute(key_), .none = no_certificate_};
}

std::vector<std::string> ProbeOptions::ca_files(const World& world) const {
    std::vector<std::string> paths;
    std::ranges::transform(ca_files_, std::back_inserter(paths),
                           [&](const auto& path) { return absolute_path(world, path); });
    return paths;
}

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::net::DirectTls>() {
    return xmppfed::cli::direct_tls_values;
}

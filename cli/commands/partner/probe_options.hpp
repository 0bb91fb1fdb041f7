#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/probe/partner_probe.hpp"
#include "cli/commands/dns/dns_options.hpp"
#include "cli/context.hpp"

namespace xmppfed::cli {

/// The options of commands that connect to servers.
class ProbeOptions {
  public:
    void bind(OptionSet& options);

    /// How to look, from one of our XMPP domains. Throws a usage error for options that exclude each other or are out of
    /// range, and a refusal by `edge-incomplete` when the edge has no XMPP domain.
    [[nodiscard]] app::ProbeWish wish(const core::Edge& edge) const;

    /// Which certificate to present. Throws a usage error for one without its key.
    [[nodiscard]] app::IdentityWish identity(const World& world) const;

    [[nodiscard]] std::vector<std::string> ca_files(const World& world) const;
    [[nodiscard]] bool names_a_place() const { return connect_.has_value(); }

  private:
    [[nodiscard]] std::string from(const core::Edge& edge) const;

    DnsOptions dns_;
    std::optional<std::string> from_;
    std::optional<std::string> certificate_;
    std::optional<std::string> key_;
    bool no_certificate_ = false;
    std::vector<std::string> ca_files_;
    std::optional<std::string> connect_;
    bool ipv4_ = false;
    bool ipv6_ = false;
    std::optional<net::DirectTls> direct_tls_;
    bool all_targets_ = false;
    bool authenticate_ = false;
    std::optional<std::int64_t> deadline_;
};

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::net::DirectTls>();

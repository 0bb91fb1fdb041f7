#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/probe/partner_probe.hpp"
#include "cli/commands/dns/dns_options.hpp"
#include "cli/context.hpp"

namespace xmppfed::cli {

/// The options of commands that connect to servers: where, how long, and whom to believe.
class PlaceOptions {
  public:
    void bind(OptionSet& options);

    /// How to look. Throws a usage error for options that exclude each other or are out of range.
    [[nodiscard]] app::ProbeWish wish(const SettingsFiles& settings) const;

    /// The files with the roots that are trusted: what the option says, else the setting.
    [[nodiscard]] std::vector<std::string> ca_files(const Context& context) const;
    [[nodiscard]] bool names_a_place() const { return connect_.has_value(); }

  private:
    DnsOptions dns_;
    std::vector<std::string> ca_files_;
    std::optional<std::string> connect_;
    bool ipv4_ = false;
    bool ipv6_ = false;
    std::optional<net::DirectTls> direct_tls_;
    bool all_targets_ = false;
    std::optional<std::int64_t> deadline_;
};

}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::net::DirectTls>();

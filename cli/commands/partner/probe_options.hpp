#pragma once

#include <optional>
#include <string>

#include "app/probe/own_identity.hpp"
#include "cli/commands/partner/place_options.hpp"

namespace xmppfed::cli {

/// The options of a look at others: as whom, and where.
class ProbeOptions {
  public:
    void bind(OptionSet& options);

    /// How to look, from one of our XMPP domains. Throws a usage error for options that exclude each other or are out of
    /// range, and a refusal by `edge-incomplete` when the edge has no XMPP domain.
    [[nodiscard]] app::ProbeWish wish(const SettingsFiles& settings, const core::Edge& edge) const;

    /// Which certificate to present. Throws a usage error for one without its key.
    [[nodiscard]] app::IdentityWish identity(const World& world) const;

    [[nodiscard]] const PlaceOptions& place() const { return place_; }

  private:
    [[nodiscard]] std::string from(const core::Edge& edge) const;

    PlaceOptions place_;
    std::optional<std::string> from_;
    std::optional<std::string> certificate_;
    std::optional<std::string> key_;
    bool no_certificate_ = false;
    bool authenticate_ = false;
};

}  // namespace xmppfed::cli

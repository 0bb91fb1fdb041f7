#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/probe/resolvers.hpp"
#include "cli/line/options.hpp"
#include "cli/settings/settings_files.hpp"
#include "cli/terminal/messages.hpp"

namespace xmppfed::cli {

inline constexpr std::int64_t most_seconds = 3600;  ///< that any look may take

/// The argument of commands that look at partners' domains: any that a partner claims, or none for all.
void bind_claimed_domains(OptionSet& options, std::vector<std::string>& domains);

/// Says that no partner is enabled, and what to type: whoever looks at nothing else finds nothing.
void note_no_partners(Messages& messages);

/// The same of our own XMPP domains.
void note_no_own_domains(Messages& messages);

/// The options of commands that look at DNS.
class DnsOptions {
  public:
    void bind(OptionSet& options);

    /// What they ask for; a resolver that no option names is that of the settings.
    [[nodiscard]] app::DnsWish wish(const SettingsFiles& settings) const;

  private:
    std::vector<std::string> resolvers_;
    std::optional<app::Dnssec> dnssec_;
    std::optional<std::string> trust_anchor_;
    std::optional<std::int64_t> timeout_;
    std::optional<std::int64_t> parallel_;
};

}  // namespace xmppfed::cli

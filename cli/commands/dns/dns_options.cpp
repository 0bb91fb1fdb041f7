#include "cli/commands/dns/dns_options.hpp"

#include "core/error.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::int64_t most_parallel = 256;

}  // namespace

void bind_claimed_domains(OptionSet& options, std::vector<std::string>& domains) {
    options.positional({.name = "DOMAIN",
                        .meaning = "domains of partners to look at; all domains of enabled partners when none is named",
                        .most = std::string::npos,
                        .names = Names::claimed_domain,
                        .take = [&domains](const auto& words) { domains = words; }});
}

void note_no_partners(Messages& messages) {
    messages.note(
        "no partner is enabled: `xmppfed partner list` shows those there are, `xmppfed partner new --primary DOMAIN` "
        "makes one, and `xmppfed partner probe --unlisted DOMAIN` looks at somebody who is none");
}

void note_no_own_domains(Messages& messages) {
    messages.note("the edge has no XMPP domain to look at: `xmppfed edge set --xmpp-domain DOMAIN` sets one");
}

void DnsOptions::bind(OptionSet& options) {
    options.group("How to look");
    options.list({.name = "resolver",
                  .value_name = "IP[:PORT]",
                  .meaning = "ask this DNS resolver; several are asked one after the other",
                  .default_text = "the setting resolver, else those of /etc/resolv.conf"},
                 resolvers_);
    options.enumeration({.name = "dnssec",
                         .value_name = "WHO",
                         .meaning = "who tells whether DNSSEC confirms an answer",
                         .default_text = "resolver"},
                        dnssec_);
    options.text({.name = "trust-anchor",
                  .value_name = "FILE",
                  .meaning = "where --dnssec validate begins",
                  .default_text = "/usr/share/dns/root.key",
                  .names = Names::file},
                 trust_anchor_);
    options.number(
        {.name = "timeout", .value_name = "SECONDS", .meaning = "how long one step may take", .default_text = "10"},
        timeout_, {1, most_seconds});
    options.number({.name = "parallel",
                    .value_name = "N",
                    .meaning = "how many domains are looked at at the same time, 1 to 256",
                    .default_text = "16"},
                   parallel_, {1, most_parallel});
}

app::DnsWish DnsOptions::wish(const SettingsFiles& settings) const {
    app::DnsWish wish;
    wish.resolvers = resolvers_.empty() ? settings.list(SettingKey::resolver) : resolvers_;
    wish.dnssec = dnssec_.value_or(wish.dnssec);
    wish.trust_anchor_file = trust_anchor_;
    if (trust_anchor_ && wish.dnssec != app::Dnssec::validate) {
        throw core::Error{core::ErrorKind::usage, "--trust-anchor is for --dnssec validate alone"};
    }
    if (timeout_) {
        wish.timeout = std::chrono::seconds{*timeout_};
    }
    if (parallel_) {
        wish.parallel = static_cast<std::size_t>(*parallel_);
    }
    return wish;
}

}  // namespace xmppfed::cli

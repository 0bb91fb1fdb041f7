#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "app/held_signals.hpp"
#include "app/probe/dns_check.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/dns/dns_options.hpp"
#include "cli/context.hpp"
#include "cli/view/dns_view.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::cli {

namespace {

class DnsCheck : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        bind_claimed_domains(options, domains_);
        options.flag("edge", edge_, "look at the records of our own XMPP domains instead");
        dns_.bind(options);
    }
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] std::vector<app::DnsSubject> subjects(Context& context) const;

    std::vector<std::string> domains_;
    bool edge_ = false;
    DnsOptions dns_;
};

std::vector<app::DnsSubject> DnsCheck::subjects(Context& context) const {
    if (edge_ && !domains_.empty()) {
        throw core::Error{core::ErrorKind::usage, "--edge and domains exclude each other"}.hint(
            "--edge looks at all of our own XMPP domains");
    }
    const auto reader = context.store().read();
    return edge_ ? app::own_xmpp_domains(*reader) : app::partner_domains(*reader, domains_);
}

ExitCode DnsCheck::run(Context& context) const {
    const auto wish = dns_.wish(context.settings());
    const auto servers = app::resolvers_of(wish);
    const auto all = subjects(context);
    if (all.empty()) {
        const auto note = edge_ ? note_no_own_domains : note_no_partners;
        note(context.messages());
    }
    const app::HeldSignals held;  // what is finished by then is printed
    const auto checks = app::check_dns(all, servers, wish, context.circumstances());
    core::Diagnostics diagnostics;
    for (const auto& check : checks) {
        std::ranges::copy(check.diagnostics, std::back_inserter(diagnostics));
    }
    view::print_dns_checks(context.display(), checks,
                           {.resolvers = app::texts_of(servers), .at = core::timestamp(context.world().now())});
    if (checks.size() < all.size()) {
        held.obeyed();
        context.messages().interruption(
            fmt::format("interrupted: {} of {} domains were looked at", checks.size(), all.size()));
        return ExitCode::failed;
    }
    const auto is_unanswered = [](const auto& check) { return check.facts.is_unanswered(); };
    // A resolver that tells of others works: what it cannot tell is that domain's own state.
    const bool is_blind = !checks.empty() && std::ranges::all_of(checks, is_unanswered);
    return is_blind ? ExitCode::failed : verdict(diagnostics, context.globals().strict);
}

}  // namespace

constinit const Command dns_check{
    .noun = "dns",
    .verb = "check",
    .summary = "Look at the DNS records of partners, or at our own",
    .description =
        "Asks how servers find each domain that a partner claims: SRV records, their targets and addresses, and what "
        "DNSSEC says of them. With --edge our own records are compared with what `dns records` shows. Nothing is "
        "connected to but resolvers. Exits 3 when a finding is an error, or with --strict a warning, 1 when no "
        "resolver answers, and 4 for a domain that no partner claims.",
    .examples =
        {
            {"dns check", "every domain of every enabled partner"},
            {"dns check fabrikam.com --resolver 127.0.0.1", "one partner, by a resolver whose word on DNSSEC counts"},
            {"dns check --edge --strict", "our own records, warnings counted as errors"},
            {"dns check fabrikam.com --dnssec validate", "DNSSEC validated here"},
        },
    .nature = Nature::checks,
    .formats = Formats::document,
    .make = make_request<DnsCheck>,
};

}  // namespace xmppfed::cli

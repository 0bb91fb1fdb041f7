#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "app/held_signals.hpp"
#include "app/partner_lookup.hpp"
#include "app/probe/dns_check.hpp"
#include "app/probe/peer_certificate.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/dns/dns_options.hpp"
#include "cli/commands/partner/probe_options.hpp"
#include "cli/commands/partner/probe_output.hpp"
#include "cli/context.hpp"
#include "cli/terminal/messages.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

class PartnerProbe : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        bind_claimed_domains(options, domains_);
        options.flag("unlisted", unlisted_, "the domains are those of nobody yet: tell what would fit");
        output_.bind(options);
        how_.bind(options);
    }
    ExitCode run(Context& context) const override;

  private:
    void refuse_contradictions(const Context& context) const;
    [[nodiscard]] std::vector<app::ProbeSubject> subjects(store::Reader& reader) const;

    std::vector<std::string> domains_;
    bool unlisted_ = false;
    ProbeOutput output_;
    ProbeOptions how_;
};

void PartnerProbe::refuse_contradictions(const Context& context) const {
    output_.refuse_contradictions(context);
    if (unlisted_ && domains_.empty()) {
        throw Error{ErrorKind::usage, "--unlisted needs the domains to look at"};
    }
    if (how_.place().names_a_place() && domains_.size() != 1) {
        throw Error{ErrorKind::usage, "--connect needs one domain"};
    }
}

std::vector<app::ProbeSubject> PartnerProbe::subjects(store::Reader& reader) const {
    std::vector<app::ProbeSubject> all;
    if (!unlisted_) {
        for (const auto& [domain, owner, needed] : app::partner_domains(reader, domains_)) {
            all.push_back({domain, owner});
        }
    }
    for (const auto& text : unlisted_ ? domains_ : std::vector<std::string>{}) {
        auto domain = app::domain_argument(text);
        if (std::ranges::find(all, domain, &app::ProbeSubject::domain) == all.end()) {
            all.push_back({std::move(domain), {.is_stranger = true}});
        }
    }
    return all;
}

/// What fits a stranger is no command for who is a partner.
void note_claimed(const std::vector<app::ProbeSubject>& strangers, store::Reader& reader, Messages& messages) {
    std::vector<std::string> domains;
    std::ranges::transform(strangers, std::back_inserter(domains), &app::ProbeSubject::domain);
    for (const auto& claim : reader.claims_on(domains)) {
        messages.note(fmt::format(
            "{} is no stranger: the partner {} claims it; without --unlisted it is compared with what is agreed",
            claim.domain, claim.partner));
    }
}

std::optional<view::ShownCertificate> shown(const app::OwnIdentity& own) {
    if (own.state == core::OwnCertificate::none) {
        return std::nullopt;
    }
    return view::ShownCertificate{own.file, own.issuer, own.not_after, own.state == core::OwnCertificate::good};
}

ExitCode PartnerProbe::run(Context& context) const {
    refuse_contradictions(context);
    auto reader = context.store().read();
    const auto all = subjects(*reader);
    if (unlisted_) {
        note_claimed(all, *reader, context.messages());
    }
    auto wish = how_.wish(context.settings(), reader->edge());
    const auto now = context.world().now();
    const auto own = app::own_identity(*reader, context.book(), how_.identity(context.world()), wish.from);
    if (!own.note.empty()) {
        context.messages().note(own.note);
    }
    const auto roots = app::trusted_roots(how_.place().ca_files(context));
    const auto resolvers = app::resolvers_of(wish.dns);
    if (all.empty()) {
        note_no_partners(context.messages());
    }
    reader.reset();  // nobody is to wait for the store because of a network
    ProbeRecords records;
    output_.prepare(context, wish, records);
    const app::HeldSignals held;  // what is finished by then is printed
    auto results = app::probe(all, resolvers, own, roots, wish, context.circumstances());
    const auto asked = how_.place().names_a_place() ? std::vector<std::string>{} : app::texts_of(resolvers);
    const view::ProbeLook look{wish.from, core::timestamp(now), asked, shown(own), own.diagnostics};
    return output_.finish(context, std::move(results), all.size(), look, records, held);
}

}  // namespace

constinit const Command partner_probe{
    .noun = "partner",
    .verb = "probe",
    .summary = "Look at partners' servers, and tell what streams to them will come to",
    .description =
        "Connects to each domain that a partner claims as a server would, up to the features of the encrypted stream, "
        "and compares what it sees with the partner's settings, in both directions. It leaves two lines in the other "
        "side's log, sends no dialback request, and never SASL that was not asked for. Exits 3 when a finding is an "
        "error, or with --strict a warning, 1 when nobody could look, and 4 for a domain that no partner claims.",
    .examples =
        {
            {"partner probe", "every domain of every enabled partner"},
            {"partner probe fabrikam.com --ca-file roots.pem", "one partner, whose CA is private"},
            {"partner probe --unlisted litwareinc.com", "somebody who is no partner yet"},
            {"partner probe fabrikam.com --transcript /tmp", "with the words of both sides, for their administrator"},
            {"partner probe --baseline yesterday.json", "what has changed since"},
        },
    .nature = Nature::checks,
    .formats = Formats::document,
    .make = make_request<PartnerProbe>,
};

}  // namespace xmppfed::cli

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/held_signals.hpp"
#include "app/partner_lookup.hpp"
#include "app/probe/dns_check.hpp"
#include "app/probe/peer_certificate.hpp"
#include "app/probe/transcript.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/partner/probe_options.hpp"
#include "cli/context.hpp"
#include "cli/view/probe_metrics.hpp"
#include "cli/view/probe_view.hpp"
#include "core/probe/baseline.hpp"
#include "core/probe/probe_json.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/files/file.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t longest_baseline = std::size_t{256} * 1024 * 1024;

enum class ProbeFormat { prometheus };

}  // namespace
}  // namespace xmppfed::cli

template <>
std::span<const xmppfed::core::EnumValue> xmppfed::core::values_of<xmppfed::cli::ProbeFormat>() {
    static constexpr std::array formats{EnumValue{"prometheus", "a text file for node_exporter"}};
    return formats;
}

namespace xmppfed::cli {

namespace {

class PartnerProbe : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        bind_claimed_domains(options, domains_);
        options.flag("unlisted", unlisted_, "the domains are those of nobody yet: tell what would fit");
        options.text({.name = "baseline",
                      .value_name = "FILE",
                      .meaning = "show only what differs from an earlier --output json",
                      .names = Names::file},
                     baseline_);
        options.text({.name = "transcript",
                      .value_name = "DIR",
                      .meaning = "also write what was said to each domain and by it, for its administrator",
                      .names = Names::file},
                     transcript_);
        options.enumeration({.name = "format", .value_name = "FORMAT", .meaning = "how to write it"}, format_);
        how_.bind(options);
    }
    ExitCode run(Context& context) const override;

  private:
    void refuse_contradictions(const Context& context) const;
    [[nodiscard]] std::vector<app::ProbeSubject> subjects(store::Reader& reader) const;
    void keep_changed(Context& context, std::vector<app::ProbeResult>& results) const;
    void print(Context& context, const std::vector<app::ProbeResult>& results, const view::ProbeLook& look) const;

    std::vector<std::string> domains_;
    bool unlisted_ = false;
    std::optional<std::string> baseline_;
    std::optional<std::string> transcript_;
    std::optional<ProbeFormat> format_;
    ProbeOptions how_;
};

void PartnerProbe::refuse_contradictions(const Context& context) const {
    if (format_ && context.globals().output != Format::table) {
        throw Error{ErrorKind::usage, "--format and --output exclude each other"};
    }
    if (unlisted_ && domains_.empty()) {
        throw Error{ErrorKind::usage, "--unlisted needs the domains to look at"};
    }
    if (how_.names_a_place() && domains_.size() != 1) {
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
        all.push_back({app::domain_argument(text), {}});
    }
    if (how_.names_a_place() && all.size() > 1) {  // the others of the partner live elsewhere
        all.resize(1);
    }
    return all;
}

void PartnerProbe::keep_changed(Context& context, std::vector<app::ProbeResult>& results) const {
    if (!baseline_) {
        return;
    }
    const core::Baseline before{
        store::read_file("the baseline", absolute_path(context.world(), *baseline_), longest_baseline)};
    const auto whole = results.size();
    std::erase_if(results, [&](const auto& it) { return !before.differs(core::to_json(it.input, it.verdict)); });
    context.messages().note(
        fmt::format("{} of {} differ from the baseline", results.size(), core::counted(whole, "domain")));
}

void PartnerProbe::print(Context& context, const std::vector<app::ProbeResult>& results,
                         const view::ProbeLook& look) const {
    std::vector<view::ProbedDomain> domains;
    for (const auto& [input, verdict] : results) {
        domains.push_back({input, verdict});
    }
    if (format_) {
        context.out().write(view::probe_metrics(domains));
    } else {
        view::print_probe(context.display(), domains, look);
    }
}

std::optional<view::ShownCertificate> shown(const app::OwnIdentity& own) {
    if (own.state == core::OwnCertificate::none) {
        return std::nullopt;
    }
    return view::ShownCertificate{own.file, own.issuer, own.not_after, own.state == core::OwnCertificate::good};
}

bool could_not_look(const app::ProbeResult& result) {
    return result.input.has_dns && result.input.dns.failure == core::DnsFailure::silent;
}

ExitCode PartnerProbe::run(Context& context) const {
    refuse_contradictions(context);
    auto reader = context.store().read();
    auto wish = how_.wish(reader->edge());
    const auto now = context.world().now();
    const auto own = app::own_identity(*reader, how_.identity(context.world()), wish.from, now);
    if (!own.note.empty()) {
        context.messages().note(own.note);
    }
    const auto roots = app::trusted_roots(how_.ca_files(context.world()));
    const auto resolvers = app::resolvers_of(wish.dns);
    const auto all = subjects(*reader);
    reader.reset();  // nobody is to wait for the store because of a network
    app::Transcripts transcripts;
    if (transcript_) {
        wish.listener = [&](const std::string& domain) { return transcripts.listener(domain); };
    }
    const app::HeldSignals held;  // what is finished by then is printed
    auto results = app::probe(all, resolvers, own, roots, wish, context.circumstances());
    const bool is_whole = results.size() == all.size();
    const bool is_blind = std::ranges::any_of(results, could_not_look);
    if (transcript_) {
        transcripts.write(absolute_path(context.world(), *transcript_));
    }
    keep_changed(context, results);
    const auto asked = how_.names_a_place() ? std::vector<std::string>{} : app::texts_of(resolvers);
    print(context, results, {wish.from, core::timestamp(now), asked, shown(own)});
    if (!is_whole) {
        held.obeyed();
        context.messages().failure(
            fmt::format("interrupted before all of {} were looked at", core::counted(all.size(), "domain")));
        return ExitCode::failed;
    }
    core::Diagnostics diagnostics;
    for (const auto& result : results) {
        std::ranges::copy(result.verdict.diagnostics, std::back_inserter(diagnostics));
    }
    return is_blind ? ExitCode::failed : verdict(diagnostics, context.globals().strict);
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

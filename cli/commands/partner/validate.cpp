#include <array>
#include <set>

#include "app/manifest/reconciliation.hpp"
#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/diagnostics_view.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::cli {

namespace {

class PartnerValidate : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "DOMAIN",
                            .meaning = "domains of the partners to look at; all partners when none is named",
                            .most = std::string::npos,
                            .names = Names::claimed_domain,
                            .take = [this](const auto& words) { domains_ = words; }});
        options.text({.name = "file",
                      .letter = 'f',
                      .value_name = "FILE",
                      .meaning = "look at a manifest instead, without any store; - reads standard input",
                      .names = Names::file},
                     file_);
        options.rendering({.name = "report",
                           .value_name = "FORMAT",
                           .meaning = "write the findings for another program, which shows each at its line"},
                          view::report_renderings(), report_);
    }
    ExitCode run(Context& context) const override;

  private:
    void visit(store::Reader& reader, const store::RivalryVisitor& visit) const;
    ExitCode run_on_store(Context& context) const;
    ExitCode run_on_manifest(Context& context) const;

    std::vector<std::string> domains_;
    std::optional<std::string> file_;
    const view::ReportRendering* report_ = nullptr;  ///< none: nobody wants one
};

void PartnerValidate::visit(store::Reader& reader, const store::RivalryVisitor& visit) const {
    if (domains_.empty()) {
        reader.visit_partners_with_rivals(visit);
        return;
    }
    std::set<std::string> found;
    std::vector<core::CommittedPartner> partners;  // all are found before the first is printed, each once
    for (const auto& domain : domains_) {
        auto partner = app::partner_by_claim(reader, app::domain_argument(domain));
        if (found.insert(partner.primary_domain).second) {
            partners.push_back(std::move(partner));
        }
    }
    for (const auto& partner : partners) {
        visit(partner, reader.claims_on(std::array{partner.primary_domain}));
    }
}

ExitCode PartnerValidate::run(Context& context) const {
    if (report_ != nullptr && context.globals().output != Format::table) {
        throw core::Error{core::ErrorKind::usage, "--report and --output exclude each other"}.hint(
            "a report has a form of its own");
    }
    if (!file_) {
        return run_on_store(context);
    }
    if (!domains_.empty()) {
        throw core::Error{core::ErrorKind::usage, "--file and domains exclude each other"}.hint(
            "a manifest is looked at as a whole");
    }
    return run_on_manifest(context);
}

/// As if it were applied to a store that has nothing.
ExitCode PartnerValidate::run_on_manifest(Context& context) const {
    app::ManifestFile file{*file_, context.circumstances()};
    const auto now = context.world().now();  // its location need not be known
    const auto nothing = store::open_in_memory(now);
    view::DiagnosticsView view{context.display(), report_};
    const auto add = [&](const core::Diagnostics& diagnostics) { view.add(diagnostics); };
    view.begin();
    const auto target = app::read_target(context.circumstances(), *nothing, {.file = file}, add);
    app::Reconciliation work{context.circumstances(), target, {}, add};
    work.compare(*nothing->read(), core::timestamp(now));
    view.end(target.named, "partner");
    return verdict(work.diagnostics(), context.globals().strict);
}

ExitCode PartnerValidate::run_on_store(Context& context) const {
    auto code = ExitCode::done;
    std::int64_t checked = 0;
    const auto reader = context.store().read();
    view::DiagnosticsView view{context.display(), report_};
    const auto add = [&](const core::Diagnostics& diagnostics) {
        view.add(diagnostics);
        code = std::max(code, verdict(diagnostics, context.globals().strict));
    };
    std::optional<core::Surroundings> surroundings;  // our own domains are read once
    bool begun = false;
    const auto begin = [&] {
        if (!begun) {
            view.begin();
            add(app::missing_store(context.book()));
            begun = true;
        }
    };
    visit(*reader, [&](const core::CommittedPartner& partner, const std::vector<core::Claim>& claims) {
        begin();
        if (!surroundings) {
            surroundings.emplace().own_domains = core::own_domains(reader->edge());
        }
        surroundings->claims = claims;
        add(core::judge(partner, *surroundings, partner.primary_domain));
        ++checked;
        return true;
    });
    begin();
    view.end(checked, "partner");
    return code;
}

}  // namespace

constinit const Command partner_validate{
    .noun = "partner",
    .verb = "validate",
    .summary = "Run every rule on stored partners, or on a manifest",
    .description = "Commits nothing. Exits 3 when a finding is an error, or with --strict a warning.",
    .examples =
        {
            {"partner validate", "every rule on every partner"},
            {"partner validate fabrikam.com --strict", "one partner; warnings count as errors"},
            {"partner validate --file partners.json", "a manifest, before it is applied"},
            {"partner validate --file partners.json --report github", "annotations at the lines of a pull request"},
            {"partner validate -o json", "for another program"},
        },
    .nature = Nature::checks,
    .formats = Formats::items,
    .make = make_request<PartnerValidate>,
};

}  // namespace xmppfed::cli

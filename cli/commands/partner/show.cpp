#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/partner_view.hpp"

namespace xmppfed::cli {

namespace {

class PartnerShow : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "DOMAIN",
                            .meaning = "any domain that the partner claims",
                            .least = 1,
                            .most = 1,
                            .names = Names::claimed_domain,
                            .take = [this](const auto& words) { domain_ = words.front(); }});
    }
    ExitCode run(Context& context) const override {
        const auto domain = app::domain_argument(domain_);
        const auto reader = context.store().read();
        const auto partner = app::partner_by_claim(*reader, domain);
        const auto diagnostics = core::judge(partner, app::surroundings_of(*reader, partner), partner.primary_domain);
        view::print_partner(context.display(), partner, diagnostics, view::DiagnosticsInText::all);
        return ExitCode::done;
    }

  private:
    std::string domain_;
};

}  // namespace

constinit const Command partner_show{
    .noun = "partner",
    .verb = "show",
    .summary = "Show everything about one partner",
    .description =
        "Also what its partner type allows, the negotiation methods that its settings leave, and the findings of "
        "every rule.",
    .examples =
        {
            {"partner show fabrikam.com", "everything about a partner"},
            {"partner show it.fabrikam.com", "the partner that claims a domain"},
            {"partner show fabrikam.com -o json", "the same for a program"},
        },
    .nature = Nature::reads,
    .formats = Formats::items,
    .make = make_request<PartnerShow>,
};

}  // namespace xmppfed::cli

#include <fmt/format.h>

#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/partner/partner_options.hpp"
#include "cli/commands/partner/partner_pages.hpp"
#include "cli/context.hpp"
#include "cli/view/partner_view.hpp"

namespace xmppfed::cli {

namespace {

class PartnerNew : public InteractiveRequest {
  public:
    void bind(OptionSet& options) override { bind_partner_fields(options, change_, Defaults::shown); }
    ExitCode run(Context& context) const override;
    std::vector<Page> pages(Context& /*context*/, const Answers& /*answers*/) const override {
        return partner_pages(change_, {});
    }
    void review(Context& context, const Answers& /*answers*/, const Page& page) const override {
        review_partner(context, change_, {}, page);
    }

  private:
    core::PartnerChange change_;
};

ExitCode PartnerNew::run(Context& context) const {
    if (!change_.assigns(core::partner_identity().key)) {
        throw core::Error{core::ErrorKind::usage, "--primary is missing"}.hint(
            "name the partner's domain with --primary DOMAIN");
    }
    const auto changed = core::apply(change_, {});
    const auto changes = context.commit([&](store::Reader& reader, std::string_view now) {
        return core::decide(changed, {}, app::surroundings_of(reader, changed.partner), now);
    });
    const auto& partner = *changes.partners.front().after;
    if (!change_.assigns("type")) {
        context.messages().note(fmt::format("the partner type is {}, the least trust; --type chooses another",
                                            core::name_of(partner.type)));
    }
    view::print_committed(context.display(), partner, changes.diagnostics);
    return ExitCode::done;
}

}  // namespace

constinit const Command partner_new{
    .noun = "partner",
    .verb = "new",
    .summary = "Commit a new partner",
    .description =
        "The configuration is checked by every rule and committed whole or not at all. A configuration that "
        "cannot work, or that would use SASL without TLS, is refused.",
    .examples =
        {
            {"partner new --primary fabrikam.com", "encrypted streams with certificates on both sides: the default"},
            {"partner new --primary fabrikam.com --additional corp.fabrikam.com,it.fabrikam.com --type federated",
             "a business partner with further domains"},
            {"partner new --primary litwareinc.com --preset flexible",
             "fall back on dialback where the certificate fails"},
            {"partner new --primary fabrikam.com --sasl optional --dry-run",
             "see what would be committed, and what of it"},
            {"partner new --interactive", "the form, page by page"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<PartnerNew>,
    .make_interactive = make_interactive_request<PartnerNew>,
};

}  // namespace xmppfed::cli

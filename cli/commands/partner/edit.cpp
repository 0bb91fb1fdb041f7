#include <fmt/format.h>

#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/partner/partner_options.hpp"
#include "cli/commands/partner/partner_pages.hpp"
#include "cli/context.hpp"
#include "cli/view/partner_view.hpp"

namespace xmppfed::cli {

namespace {

class PartnerEdit : public InteractiveRequest {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;
    std::vector<Page> pages(Context& context, const Answers& /*answers*/) const override {
        return partner_pages(change_, partner_in(context));
    }
    void review(Context& context, const Answers& /*answers*/, const Page& page) const override {
        review_partner(context, change_, partner_in(context), page);
    }
    bool asks_for_nothing() const override { return !change_.names_a_field(); }

  private:
    core::CommittedPartner partner_in(Context& context) const;
    void refuse_newer(const core::CommittedPartner& partner) const;

    std::string domain_;
    core::PartnerChange change_;
    std::optional<std::int64_t> if_revision_;
};

void PartnerEdit::bind(OptionSet& options) {
    options.positional({.name = "DOMAIN",
                        .meaning = "the partner's primary domain",
                        .least = 1,
                        .most = 1,
                        .names = Names::primary_domain,
                        .take = [this](const auto& words) { domain_ = words.front(); }});
    bind_partner_fields(options, change_, Defaults::none);
    options.group("Single changes");
    options.list({.name = "add-domain", .value_name = "DOMAIN", .meaning = "adds an additional domain (repeatable)"},
                 change_.add_domains);
    options.list({.name = "remove-domain",
                  .value_name = "DOMAIN",
                  .meaning = "removes an additional domain (repeatable)",
                  .names = Names::additional_domain},
                 change_.remove_domains);
    options.number({.name = "if-revision",
                    .value_name = "N",
                    .meaning = "refuses when the partner is not at revision N: somebody has committed since"},
                   if_revision_);
}

void PartnerEdit::refuse_newer(const core::CommittedPartner& partner) const {
    if (if_revision_ && *if_revision_ != partner.revision) {
        throw core::Error{core::ErrorKind::conflict,
                          fmt::format("the partner {} is at revision {}, not {}", partner.primary_domain,
                                      partner.revision, *if_revision_)}
            .hint(fmt::format("look at `xmppfed partner show {}`, then try again with --if-revision {}",
                              partner.primary_domain, partner.revision));
    }
}

/// The partner as it is now, to be asked about.
core::CommittedPartner PartnerEdit::partner_in(Context& context) const {
    auto partner = app::partner_by_primary(*context.store().read(), app::domain_argument(domain_));
    refuse_newer(partner);
    return partner;
}

ExitCode PartnerEdit::run(Context& context) const {
    if (!change_.names_a_field() && !context.globals().interactive) {
        throw core::Error{core::ErrorKind::usage, "there is nothing to change: no field is named"}.hint(
            "name at least one, such as --tls required");
    }
    (void)core::apply(change_, {});  // what is wrong with the words themselves comes before the store
    const auto domain = app::domain_argument(domain_);
    std::optional<core::CommittedPartner> current;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view now) {
        current = app::partner_by_primary(reader, domain);
        refuse_newer(*current);
        const auto changed = core::apply(change_, static_cast<const core::Partner&>(*current));
        return core::decide(changed, current, app::surroundings_of(reader, changed.partner), now);
    });
    const auto& result = changes.partners.empty() ? *current : *changes.partners.front().after;
    view::print_committed(context.display(), result, changes.diagnostics);
    return ExitCode::done;
}

}  // namespace

constinit const Command partner_edit{
    .noun = "partner",
    .verb = "edit",
    .summary = "Change the fields named, and nothing else",
    .description =
        "The rules look at the result of the change. A change that changes nothing succeeds and leaves revision "
        "and history alone.",
    .examples =
        {
            {"partner edit fabrikam.com --sasl optional --dialback true", "change two fields and nothing else"},
            {"partner edit fabrikam.com --add-domain hr.fabrikam.com", "add one domain"},
            {"partner edit fabrikam.com --primary fabrikam.example", "give the partner another primary domain"},
            {"partner edit fabrikam.com --enabled false -m \"contract ended\"", "suspend it, and say why"},
            {"partner edit fabrikam.com --tls required --if-revision 3", "only if nobody committed since"},
            {"partner edit fabrikam.com --interactive", "the form, page by page"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<PartnerEdit>,
    .make_interactive = make_interactive_request<PartnerEdit>,
};

}  // namespace xmppfed::cli

#include <algorithm>
#include <iterator>

#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/line/field_option.hpp"
#include "cli/view/edge_view.hpp"
#include "cli/view/partner_view.hpp"
#include "cli/wizard/field_page.hpp"

namespace xmppfed::cli {

namespace {

class EdgeSet : public InteractiveRequest {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;
    std::vector<Page> pages(Context& context, const Answers& answers) const override;
    void review(Context& context, const Answers& answers, const Page& page) const override;
    bool asks_for_nothing() const override { return !change_.names_a_field(); }

  private:
    core::EdgeChange change_;
};

void EdgeSet::bind(OptionSet& options) {
    for (const auto& field : core::edge_fields()) {
        options.group(field.group);
        options.add(field_option(field, change_.assignments));
        if (field.key == "sip_domains") {
            options.list(
                {.name = "add-sip-domain", .value_name = "DOMAIN", .meaning = "adds a SIP domain (repeatable)"},
                change_.add_sip_domains);
            options.list({.name = "remove-sip-domain",
                          .value_name = "DOMAIN",
                          .meaning = "removes one (repeatable)",
                          .names = Names::sip_domain},
                         change_.remove_sip_domains);
        } else if (field.key == "xmpp_domains") {
            options.list({.name = "add-xmpp-domain",
                          .value_name = "DOMAIN",
                          .meaning = "adds an XMPP domain to those that count (repeatable)"},
                         change_.add_xmpp_domains);
            options.list({.name = "remove-xmpp-domain",
                          .value_name = "DOMAIN",
                          .meaning = "removes one (repeatable)",
                          .names = Names::xmpp_domain},
                         change_.remove_xmpp_domains);
            options.flag("no-xmpp-domains", change_.no_xmpp_domains, "there is no XMPP proxy, so no domain counts");
        }
    }
}

std::vector<Page> EdgeSet::pages(Context& context, const Answers& /*answers*/) const {
    const auto edge = core::apply(change_, context.store().read()->edge()).edge;
    std::vector<Page> pages;
    for (const auto& field : core::edge_fields()) {
        auto page = field_page(field, edge);
        if (field.key == "sip_domains") {
            page.replaces = {"add-sip-domain", "remove-sip-domain"};
        } else if (field.key == "xmpp_domains") {
            page.keywords = {{"none", "no-xmpp-domains"}};
            page.replaces = {"add-xmpp-domain", "remove-xmpp-domain"};
            page.text = edge.xmpp_domains ? "" : "Until some are set the SIP domains count.";
        }
        pages.push_back(std::move(page));
    }
    return pages;
}

void EdgeSet::review(Context& context, const Answers& /*answers*/, const Page& page) const {
    const auto reader = context.store().read();
    const auto changed = core::apply(change_, reader->edge());
    auto diagnostics = core::judge(changed.edge, reader->claims_on(core::own_domains(changed.edge)));
    std::ranges::copy(changed.diagnostics, std::back_inserter(diagnostics));
    view::print_diagnostics(context.display(), judged_answer(std::move(diagnostics), page), "  ");
}

ExitCode EdgeSet::run(Context& context) const {
    if (!change_.names_a_field() && !context.globals().interactive) {
        throw core::Error{core::ErrorKind::usage, "there is nothing to set: no field is named"}.hint(
            "name at least one, such as --access-edge sip.contoso.com");
    }
    (void)core::apply(change_, {});  // what is wrong with the words themselves comes before the store
    core::Edge result;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view /*now*/) {
        const auto before = reader.edge();
        auto changed = core::apply(change_, before);
        auto decided = core::decide(changed, before, reader.claims_on(core::own_domains(changed.edge)));
        app::mark_accepted(decided.diagnostics, reader);
        result = std::move(changed.edge);
        return decided;
    });
    if (context.display().shows_result()) {
        view::print_edge(context.display(), result, changes.diagnostics, {});
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command edge_set{
    .noun = "edge",
    .verb = "set",
    .summary = "Set our own side: names and organisation",
    .description =
        "Changes only the fields named. \"\" clears a field. XMPP domains that were never set are the SIP domains.",
    .examples =
        {
            {"edge set --access-edge sip.contoso.com --web-conferencing webcon.contoso.com --sip-domain "
             "contoso.com,fabrikam.com",
             "the names of the edge"},
            {"edge set --organization Contoso --city Redmond --state Washington --country US",
             "what the certificate's subject says"},
            {"edge set --add-xmpp-domain im.contoso.com", "one more XMPP domain"},
            {"edge set --web-conferencing \"\"", "clear a field"},
            {"edge set --interactive", "the form, page by page"},
        },
    .nature = Nature::changes,
    .formats = Formats::document,
    .make = make_request<EdgeSet>,
    .make_interactive = make_interactive_request<EdgeSet>,
};

}  // namespace xmppfed::cli

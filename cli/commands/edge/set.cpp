#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/line/field_option.hpp"
#include "cli/view/edge_view.hpp"

namespace xmppfed::cli {

namespace {

class EdgeSet : public CommandRequest {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;

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

ExitCode EdgeSet::run(Context& context) const {
    if (!change_.names_a_field()) {
        throw core::Error{core::ErrorKind::usage, "there is nothing to set: no field is named"}.hint(
            "name at least one, such as --access-edge sip.contoso.com");
    }
    (void)core::apply(change_, {});  // what is wrong with the words themselves comes before the store
    core::Edge result;
    const auto changes = context.commit([&](store::Reader& reader, std::string_view /*now*/) {
        const auto before = reader.edge();
        auto changed = core::apply(change_, before);
        auto decided = core::decide(changed, before, reader.claims_on(core::own_domains(changed.edge)));
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
        },
    .nature = Nature::changes,
    .formats = Formats::document,
    .make = make_request<EdgeSet>,
};

}  // namespace xmppfed::cli

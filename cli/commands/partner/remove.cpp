#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/partner_view.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

class PartnerRemove : public CommandRequest {
  public:
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] std::vector<core::CommittedPartner> find_all(store::Reader& reader) const;

    std::vector<std::string> domains_;
    bool yes_ = false;
};

void PartnerRemove::bind(OptionSet& options) {
    options.positional({.name = "DOMAIN",
                        .meaning = "primary domains of the partners",
                        .least = 1,
                        .most = std::string::npos,
                        .names = Names::primary_domain,
                        .take = [this](const auto& words) { domains_ = words; }});
    options.flag("yes", yes_, "do not ask");
}

/// In the order named, each once.
std::vector<core::CommittedPartner> PartnerRemove::find_all(store::Reader& reader) const {
    std::vector<core::CommittedPartner> partners;
    std::set<std::string> found;
    for (const auto& text : domains_) {
        const auto domain = app::domain_argument(text);
        if (found.insert(domain).second) {
            partners.push_back(app::partner_by_primary(reader, domain));
        }
    }
    return partners;
}

ExitCode PartnerRemove::run(Context& context) const {
    if (!yes_ && !context.globals().dry_run) {
        const auto partners = find_all(*context.store().read());  // what cannot be done needs no question
        const auto what = partners.size() == 1
                              ? fmt::format("the partner {}", core::quote(partners.front().primary_domain))
                              : core::counted(partners.size(), "partner");
        context.confirm(fmt::format("Remove {}?", what), "--yes");
    }
    const auto changes = context.commit([&](store::Reader& reader, std::string_view /*now*/) {
        core::ChangeSet removal;
        for (auto& partner : find_all(reader)) {
            removal.partners.push_back({std::move(partner), std::nullopt});
        }
        return removal;
    });
    if (context.display().shows_result()) {
        std::vector<core::CommittedPartner> removed;
        for (const auto& change : changes.partners) {
            removed.push_back(*change.before);
        }
        view::print_partner_list(context.display(), removed, core::Json::object());
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command partner_remove{
    .noun = "partner",
    .verb = "remove",
    .summary = "Remove partners, all of them or none",
    .description =
        "Prints what was removed. `partner edit DOMAIN --enabled false` suspends a partner instead: it keeps its "
        "configuration and its claims.",
    .examples =
        {
            {"partner remove fabrikam.com", "asks first"},
            {"partner remove fabrikam.com litwareinc.com --yes -m \"contracts ended\"",
             "both or none, without a question"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<PartnerRemove>,
};

}  // namespace xmppfed::cli

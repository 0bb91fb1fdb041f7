#include <nlohmann/json.hpp>

#include "app/inspection.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/store/store_summary.hpp"
#include "cli/view/partner_view.hpp"

namespace xmppfed::cli {

namespace {

class StoreCheck : public CommandRequest {
  public:
    void bind(OptionSet& /*options*/) override {}
    ExitCode run(Context& context) const override;
};

ExitCode StoreCheck::run(Context& context) const {
    const auto reader = context.existing_store().read();
    const auto [diagnostics, summary, notes] = app::inspect(*reader, context.book());
    for (const auto& note : notes) {
        context.messages().note(note);
    }
    auto members = store_members(context, summary);
    members["errors"] = core::count(diagnostics, core::Severity::error);
    members["warnings"] = core::count(diagnostics, core::Severity::warning);
    const bool is_document = context.globals().output == Format::json;
    if (is_document) {
        members["diagnostics"] = core::to_json(diagnostics);
    }
    print_store(context, members);
    if (!is_document) {
        view::print_diagnostics_by_partner(context.display(), diagnostics);
    }
    return verdict(diagnostics, context.globals().strict);
}

}  // namespace

constinit const Command store_check{
    .noun = "store",
    .verb = "check",
    .summary = "Look for damage, and for what was written past the program",
    .description = "Changes nothing. Exits 3 when something is wrong, and 4 when there is no store.",
    .examples =
        {
            {"store check", "pages, indexes, constraints, claims, rules, and whether history agrees"},
        },
    .nature = Nature::checks,
    .formats = Formats::document,
    .make = make_request<StoreCheck>,
};

}  // namespace xmppfed::cli

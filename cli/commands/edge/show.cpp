#include "app/partner_lookup.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/edge_view.hpp"

namespace xmppfed::cli {

namespace {

class EdgeShow : public CommandRequest {
  public:
    void bind(OptionSet& /*options*/) override {}
    ExitCode run(Context& context) const override {
        const auto reader = context.store().read();
        const auto edge = reader->edge();
        auto diagnostics = core::judge(edge, reader->claims_on(core::own_domains(edge)));
        app::mark_accepted(diagnostics, *reader);
        view::print_edge(context.display(), edge, diagnostics, diagnostics);
        return ExitCode::done;
    }
};

}  // namespace

constinit const Command edge_show{
    .noun = "edge",
    .verb = "show",
    .summary = "Show our own side",
    .description = {},
    .examples =
        {
            {"edge show", "our own side"},
            {"edge show -o json", "the same for a program"},
        },
    .nature = Nature::reads,
    .formats = Formats::document,
    .make = make_request<EdgeShow>,
};

}  // namespace xmppfed::cli

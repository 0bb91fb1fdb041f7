#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/gateway_view.hpp"

namespace xmppfed::cli {

namespace {

class GatewayShow : public CommandRequest {
  public:
    void bind(OptionSet& /*options*/) override {}
    ExitCode run(Context& context) const override {
        const auto gateway = context.store().read()->gateway();
        const auto diagnostics = core::judge(gateway);
        view::print_gateway(context.display(), gateway, diagnostics, diagnostics);
        return ExitCode::done;
    }
};

}  // namespace

constinit const Command gateway_show{
    .noun = "gateway",
    .verb = "show",
    .summary = "Show what holds for the streams of all partners",
    .description = {},
    .examples =
        {
            {"gateway show", "limits and times"},
            {"gateway show -o json", "the same for a program"},
        },
    .nature = Nature::reads,
    .formats = Formats::document,
    .make = make_request<GatewayShow>,
};

}  // namespace xmppfed::cli

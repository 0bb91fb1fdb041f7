#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/commands/store/store_summary.hpp"

namespace xmppfed::cli {

namespace {

class StoreInfo : public CommandRequest {
  public:
    void bind(OptionSet& /*options*/) override {}
    ExitCode run(Context& context) const override {
        const auto members = store_members(context, summary_of(context));
        if (context.globals().output == Format::json) {
            context.display().print_document("store", members);
        } else {
            print_store(context, members);
        }
        return ExitCode::done;
    }
};

}  // namespace

constinit const Command store_info{
    .noun = "store",
    .verb = "info",
    .summary = "Show where the store is, and what is in it",
    .description = {},
    .examples =
        {
            {"store info", "where the store is, and what is in it"},
        },
    .nature = Nature::reads,
    .formats = Formats::document,
    .make = make_request<StoreInfo>,
};

}  // namespace xmppfed::cli

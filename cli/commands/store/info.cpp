#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/commands/store/store_summary.hpp"

namespace xmppfed::cli {

namespace {

class StoreInfo : public CommandRequest {
  public:
    void bind(OptionSet& /*options*/) override {}
    ExitCode run(Context& context) const override {
        print_store(context, store_members(context, summary_of(context)));
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

#include <nlohmann/json.hpp>

#include "app/store_making.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/store/store_summary.hpp"
#include "store/files/ownership.hpp"

namespace xmppfed::cli {

namespace {

class StoreInit : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.text({.name = "group",
                      .value_name = "GROUP",
                      .meaning = "its members administer together: directory 2770, file 0660",
                      .default_text = "only the owner: directory 0700, file 0600"},
                     group_);
    }
    ExitCode run(Context& context) const override;

  private:
    std::optional<std::string> group_;
};

ExitCode StoreInit::run(Context& context) const {
    const auto group = group_ ? std::optional{store::group_id(*group_)} : std::nullopt;
    if (app::make_store(context.book(), group) == app::Making::was_there) {
        context.messages().note("the store is there already");
    }
    context.achieve({.what = "the store is ready", .hint = "`xmppfed store info` shows it"});
    const auto members = store_members(context, summary_of(context));
    if (context.display().shows_result()) {
        print_store(context, members);
    }
    return ExitCode::done;
}

}  // namespace

constinit const Command store_init{
    .noun = "store",
    .verb = "init",
    .summary = "Make an empty store",
    .description =
        "The permissions of the file are who may administer. With --group the store needs a directory of its own, "
        "for the group may write to all of it. A store that is there keeps what is in it.",
    .examples =
        {
            {"store init", "make an empty store; the first change would make it too"},
            {"store init --store /srv/xmppfed/store.db --group xmpp-admins", "one that a team shares"},
        },
    .nature = Nature::writes,
    .formats = Formats::document,
    .make = make_request<StoreInit>,
};

}  // namespace xmppfed::cli

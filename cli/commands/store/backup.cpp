#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/commands/store/store_summary.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

class StoreBackup : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "FILE",
                            .meaning = "the copy, which must not exist yet",
                            .least = 1,
                            .most = 1,
                            .names = Names::file,
                            .take = [this](const auto& words) { file_ = words.front(); }});
    }
    ExitCode run(Context& context) const override {
        const auto file = store_file(context.world(), file_, "a backup needs", "name a file that does not exist yet");
        auto& store = context.existing_store();
        auto members = store_members(context, summary_of(context));  // refuses what is no store of ours
        store.backup(file);
        context.achieve({.what = "the backup is complete", .hint = "`xmppfed store info --store FILE` shows it"});
        members["backup"] = core::path_json(file);
        if (context.display().shows_result()) {
            print_store(context, members);
        }
        return ExitCode::done;
    }

  private:
    std::string file_;
};

}  // namespace

constinit const Command store_backup{
    .noun = "store",
    .verb = "backup",
    .summary = "Copy the store to a new file",
    .description =
        "The copy is a store of its own, with mode 0600: `--store FILE` reads it. A file that exists is never "
        "overwritten.",
    .examples =
        {
            {"store backup /var/backups/xmppfed-2026-03-15.db", "a consistent copy while others work"},
        },
    .nature = Nature::writes,
    .formats = Formats::document,
    .make = make_request<StoreBackup>,
};

}  // namespace xmppfed::cli

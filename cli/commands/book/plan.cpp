#include "app/manifest/apply.hpp"
#include "cli/commands/book/manifest_options.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/changes_view.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::cli {

namespace {

class Plan : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        manifest_.bind(options);
        options.flag("detailed-exitcode", detailed_, "exit 10 when there are changes to apply, 0 when there are none");
    }
    ExitCode run(Context& context) const override;

  private:
    ManifestOptions manifest_;
    bool detailed_ = false;
};

ExitCode Plan::run(Context& context) const {
    app::ManifestFile file{manifest_.required_file(), context.circumstances()};
    const auto target =
        app::read_target(context.circumstances(), context.store(), {.file = file, .prune = manifest_.prune});
    auto reader = context.store().read();
    app::refuse_other_revision(*reader, manifest_.store_revision);
    view::ChangesView view{context.display(), "plan"};
    app::Reconciliation work{context.circumstances(), target,
                             [&](const core::ManifestChange& change) { view.add(change); }};
    view.begin();
    work.compare(*reader, core::timestamp(context.world().now()));
    reader.reset();  // others may commit while the plan is read
    const auto code = verdict(work.diagnostics(), context.globals().strict);
    view.end(work.summary(), work.diagnostics(),
             code == ExitCode::refused ? "Nothing of this would be committed: see the findings."
                                       : view::intention("Plan", work.summary()));
    context.out().flush();  // the diagnostics come after what they are about
    context.messages().diagnostics(work.diagnostics(), context.globals().strict);
    view::tell_unchanged_warnings(context.display(), work.summary());
    const bool to_apply = detailed_ && code == ExitCode::done && work.summary().changes_anything();
    return to_apply ? ExitCode::changes_to_apply : code;
}

}  // namespace

constinit const Command plan{
    .noun = "plan",
    .verb = "",
    .summary = "Show what applying a manifest would change",
    .description = "Commits nothing. Exits 3 when the manifest is unsound; its findings name the line.",
    .examples =
        {
            {"plan --file partners.json", "what `apply` would do"},
            {"plan --file partners.json --detailed-exitcode", "for a pipeline: exit 10 when there is something to do"},
            {"plan --file partners.json --prune -o json", "also what would be removed; for another program"},
        },
    .nature = Nature::checks,
    .formats = Formats::lines,
    .make = make_request<Plan>,
};

}  // namespace xmppfed::cli

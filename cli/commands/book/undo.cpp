#include <fmt/format.h>

#include "app/undo.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/view/changes_view.hpp"

namespace xmppfed::cli {

namespace {

class Undo : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "COMMIT",
                            .meaning = "its number, as `history` shows it; without one the last commit, if it is yours",
                            .most = 1,
                            .take = [this](const auto& words) {
                                commit_ = core::read_record_number("COMMIT", words.front(), commit_record.what,
                                                                   commit_record.hint);
                            }});
    }
    ExitCode run(Context& context) const override;

  private:
    std::optional<std::int64_t> commit_;
};

std::string outcome_of(const app::Undone& undone, const core::ManifestSummary& summary) {
    return app::is_committed(undone.settled.outcome)
               ? fmt::format("Commit {} is undone: {} created, {} updated, {} removed.", undone.commit, summary.create,
                             summary.update, summary.remove)
               : view::intention(fmt::format("Would undo commit {}", undone.commit), summary);
}

ExitCode Undo::run(Context& context) const {
    view::ChangesView view{context.display(), "apply"};
    const auto undone = app::undo(context.book(), commit_);
    const auto& [changes, entries, outcome] = undone.settled;
    context.messages().diagnostics(changes.diagnostics);
    context.conclude(outcome);
    if (!context.display().shows_result()) {
        return ExitCode::done;
    }
    core::ManifestSummary summary;
    view.begin();
    for (const auto& entry : entries) {
        const auto change = core::change_of(entry);
        summary.count(!change.before.is_null(), !change.after.is_null());
        view.add(change);
    }
    view.end(summary, changes.diagnostics, outcome_of(undone, summary));
    return ExitCode::done;
}

}  // namespace

constinit const Command undo{
    .noun = "undo",
    .verb = {},
    .summary = "Commit the opposite of one commit",
    .description =
        "What it created is removed, what it removed comes back, and what it changed is as it was, checked by the "
        "rules of today. When a later commit changed the same partners, the edge or the gateway, nothing is done, and "
        "each of these changes is named. Undoing an undo does it again.",
    .examples =
        {
            {"undo", "take back the last commit, if you made it"},
            {"undo 17 --dry-run", "what taking back a commit would change"},
            {"undo 17 -m 'the wrong file was applied'", "take it back, and say why"},
        },
    .nature = Nature::changes,
    .formats = Formats::lines,
    .make = make_request<Undo>,
};

}  // namespace xmppfed::cli

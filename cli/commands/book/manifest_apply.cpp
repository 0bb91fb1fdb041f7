#include "cli/commands/book/manifest_apply.hpp"

#include <fmt/format.h>

#include "cli/view/changes_view.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::cli {

namespace {

std::string outcome_of(const core::ManifestSummary& summary, bool is_committed) {
    return is_committed ? fmt::format("Applied: {} created, {} updated, {} removed, {} unchanged.", summary.create,
                                      summary.update, summary.remove, summary.unchanged)
                        : view::intention("Would apply", summary);
}

/// What was committed, from the history: it may be more than memory holds.
void print_commit(Context& context, std::int64_t store_revision, view::ChangesView& view) {
    context.store().read()->visit_commit(store_revision, [&](const core::HistoryEntry& entry) {
        view.add(core::change_of(entry));
        return true;
    });
}

std::string question(const std::vector<std::string>& removed) {
    return fmt::format("The file does not name {}: {}. Remove {}?", core::counted(removed.size(), "partner"),
                       core::shortened_list(removed), removed.size() == 1 ? "it" : "them");
}

/// Asks before partners are removed, where somebody can be asked. What is agreed to holds for the store as it is now:
/// its revision is expected from then on.
void ask_before_removal(Context& context, const app::Target& target, ManifestOptions& options) {
    if (!target.prune || options.yes || context.globals().dry_run || !context.is_interactive() ||
        !context.book().exists()) {
        return;
    }
    const auto removal = app::removal_by(context.book(), target, options.store_revision);
    if (!removal.partners.empty()) {
        context.confirm(question(removal.partners), "--yes");
        options.store_revision = removal.store_revision;
    }
}

}  // namespace

ExitCode apply_manifest(Context& context, ManifestOptions options, const core::FormChoice& form) {
    app::ManifestFile file{options.required_file(), context.circumstances()};
    const auto target = app::read_target(context.circumstances(), context.store(),
                                         {.file = file, .form = form, .prune = options.prune});
    ask_before_removal(context, target, options);
    view::ChangesView view{context.display(), "apply"};
    const auto applied = app::apply(context.book(), target, options.store_revision);
    context.messages().diagnostics(applied.diagnostics);
    view::tell_unchanged_warnings(context.display(), applied.summary);
    context.conclude(applied.outcome);
    if (!context.display().shows_result()) {
        return ExitCode::done;
    }
    view.begin();
    if (context.globals().dry_run) {  // once more, now that it is known to be sound
        app::Reconciliation work{context.circumstances(), target,
                                 [&](const core::ManifestChange& change) { view.add(change); }};
        work.compare(*context.store().read(), core::timestamp(context.world().now()));
    }
    if (applied.store_revision) {
        print_commit(context, *applied.store_revision, view);
    }
    view.end(applied.summary, applied.diagnostics, outcome_of(applied.summary, applied.store_revision.has_value()));
    return ExitCode::done;
}

}  // namespace xmppfed::cli

#include "cli/manifest_apply.hpp"

#include <fmt/format.h>

#include "cli/view/changes_view.hpp"
#include "core/timestamp.hpp"

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

}  // namespace

ExitCode apply_manifest(Context& context, const ManifestOptions& options, ManifestReading reading) {
    ManifestFile file{options.required_file(), context};
    const bool dry_run = context.globals().dry_run;
    const bool wants_output = context.globals().output != Format::table || context.wants_table();
    const Wish wish{.file = file, .reading = reading, .prune = options.prune};
    view::ChangesView view{context, "apply"};
    core::ManifestSummary summary;
    core::FindingsLog findings;
    std::optional<std::int64_t> committed;
    context.transact([&](store::Reader& reader, store::Writer* writer, const core::Commit& commit) {
        options.refuse_other_revision(reader);
        Reconciliation work{context, wish, [](const core::ManifestChange& /*change*/) {}};
        if (writer != nullptr) {
            committed = work.write(*writer, commit);
        } else {
            work.compare(reader, commit.at);
            refuse_unsound(work.findings(), context.globals().strict);
        }
        summary = work.summary();
        findings = work.findings();
        return summary.changes_anything();
    });
    context.messages().findings(findings);
    context.tell_outcome(summary.changes_anything());
    if (!wants_output) {
        return ExitCode::done;
    }
    view.begin();
    if (dry_run) {  // once more, now that it is known to be sound
        Reconciliation work{context, wish, [&](const core::ManifestChange& change) { view.add(change); }};
        work.compare(*context.store().read(), core::timestamp(context.location().now));
    }
    if (committed) {
        print_commit(context, *committed, view);
    }
    view.end(summary, findings, outcome_of(summary, committed.has_value()));
    return ExitCode::done;
}

}  // namespace xmppfed::cli

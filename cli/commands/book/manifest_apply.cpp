#include "cli/commands/book/manifest_apply.hpp"

#include <fmt/format.h>

#include "cli/view/changes_view.hpp"
#include "core/refusal.hpp"
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
void ask_before_removal(Context& context, const Wish& wish, ManifestOptions& options) {
    if (!wish.prune || options.yes || context.globals().dry_run || !context.is_interactive() ||
        !store::exists(context.location().path)) {
        return;
    }
    std::vector<std::string> removed;
    Reconciliation work{context, wish, [&](const core::ManifestChange& change) {
                            if (core::action_of(change) == "remove") {
                                removed.push_back(change.before.at("primary_domain").get<std::string>());
                            }
                        }};
    auto reader = context.store().read();
    options.refuse_other_revision(*reader);
    const auto revision = reader->store_revision();
    work.compare(*reader, core::timestamp(context.location().now));
    reader.reset();  // nobody waits while somebody thinks
    core::refuse_unsound(work.findings(), context.globals().strict);
    if (!removed.empty()) {
        context.confirm(question(removed), "--yes");
        options.store_revision = revision;
    }
}

}  // namespace

ExitCode apply_manifest(Context& context, ManifestOptions options, ManifestReading reading, core::KeyNames names) {
    ManifestFile file{options.required_file(), context};
    const bool dry_run = context.globals().dry_run;
    const bool wants_output = context.globals().output != Format::table || context.wants_table();
    const Wish wish{.file = file, .reading = reading, .names = names, .prune = options.prune};
    ask_before_removal(context, wish, options);
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
            core::refuse_unsound(work.findings(), context.globals().strict);
        }
        summary = work.summary();
        findings = work.findings();
        return summary.changes_anything();
    });
    context.messages().findings(findings);
    view::tell_unchanged_warnings(context, summary);
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

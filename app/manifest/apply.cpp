#include "app/manifest/apply.hpp"

#include <fmt/format.h>

#include "core/refusal.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::app {

void refuse_other_revision(store::Reader& reader, const ExpectedRevision& expected) {
    if (const auto revision = reader.store_revision(); expected && *expected != revision) {
        throw core::Error{core::ErrorKind::conflict,
                          fmt::format("the store is at revision {}, not {}", revision, *expected)}
            .hint("look at what was committed with `xmppfed history`, then plan again");
    }
}

Applied apply(Book& book, const Target& target, const ExpectedRevision& expected) {
    Applied applied;
    applied.outcome = transact(book, [&](store::Reader& reader, store::Writer* writer, const core::Commit& commit) {
        refuse_other_revision(reader, expected);
        Reconciliation work{book.circumstances(), target, {}};
        if (writer != nullptr) {
            applied.store_revision = work.write(*writer, commit);
        } else {
            work.compare(reader, commit.at);
            core::refuse_unsound(work.diagnostics(), book.circumstances().strict);
        }
        applied.summary = work.summary();
        applied.diagnostics = work.diagnostics();
        return applied.summary.changes_anything() ? std::optional{work.right()} : std::nullopt;
    });
    return applied;
}

Removal removal_by(Book& book, const Target& target, const ExpectedRevision& expected) {
    Removal removal;
    Reconciliation work{book.circumstances(), target, [&](const core::ManifestChange& change) {
                            if (core::action_of(change) == "remove") {
                                removal.partners.push_back(change.before.at("primary_domain").get<std::string>());
                            }
                        }};
    const auto reader = book.store().read();
    refuse_other_revision(*reader, expected);
    removal.store_revision = reader->store_revision();
    work.compare(*reader, core::timestamp(book.now()));
    core::refuse_unsound(work.diagnostics(), book.circumstances().strict);
    return removal;
}

}  // namespace xmppfed::app

#include "app/undo.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "app/partner_lookup.hpp"
#include "core/text/text.hpp"
#include "core/undo.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;

Error no_commit(std::int64_t commit, std::int64_t last) {
    return Error{ErrorKind::not_found, fmt::format("there is no commit {}", commit)}.hint(
        last == 0 ? std::string{"nothing was committed yet"}
                  : fmt::format("the last one is {}; `xmppfed history` shows them", last));
}

std::vector<core::HistoryEntry> entries_of(store::Reader& reader, std::int64_t commit) {
    std::vector<core::HistoryEntry> entries;
    reader.visit_commit(commit, [&](const core::HistoryEntry& entry) {
        entries.push_back(entry);
        return true;
    });
    if (entries.empty()) {
        throw no_commit(commit, reader.store_revision());
    }
    return entries;
}

/// What later commits recorded, newest first.
void visit_behind(store::Reader& reader, std::int64_t commit,
                  const std::function<void(const core::HistoryEntry& entry)>& visit) {
    reader.visit_history({}, [&](const core::HistoryEntry& entry) {
        const bool is_later = entry.store_revision > commit;
        if (is_later) {
            visit(entry);
        }
        return is_later;
    });
}

/// Oldest first.
std::vector<core::HistoryEntry> entries_behind(store::Reader& reader, std::int64_t commit) {
    std::vector<core::HistoryEntry> entries;
    visit_behind(reader, commit, [&](const core::HistoryEntry& entry) { entries.push_back(entry); });
    std::ranges::reverse(entries);
    return entries;
}

/// Whoever names no commit means what they did last.
void refuse_others_commit(const std::vector<core::HistoryEntry>& entries, const std::string& actor,
                          const std::optional<std::string>& db_user) {
    const auto& last = entries.front();
    const bool is_by_other_user = db_user && last.db_user && *db_user != *last.db_user;
    if (last.actor != actor || is_by_other_user) {
        const auto as = is_by_other_user ? fmt::format(", as {},", core::quote(*last.db_user)) : std::string{};
        throw Error{ErrorKind::conflict, fmt::format("the last commit, {}, was made by {}{} at {}", last.store_revision,
                                                     core::quote(last.actor), as, core::escape(last.at))}
            .hint(fmt::format("`xmppfed undo {}` takes it back all the same", last.store_revision));
    }
}

/// The names that partners got in later commits: who was made then, or renamed.
std::set<std::string> names_given_behind(store::Reader& reader, std::int64_t commit) {
    std::set<std::string> names;
    visit_behind(reader, commit, [&](const core::HistoryEntry& entry) {
        if (entry.subject == core::Subject::partner && (!entry.before || entry.former_name)) {
            names.insert(entry.name);
        }
    });
    return names;
}

void refuse_overtaken(store::Reader& reader, std::int64_t commit, const core::CommitSteps& steps) {
    const auto partner_now = [&](const std::string& name) -> std::optional<core::Partner> {
        return reader.partner(name);
    };
    const auto changed =
        core::overtaken(steps, partner_now, names_given_behind(reader, commit), reader.edge(), reader.gateway());
    if (!changed.empty()) {
        throw core::overtaken_commit(commit, changed, entries_behind(reader, commit));
    }
}

std::vector<core::WantedPartner> wanted_by(store::Reader& reader, const core::CommitSteps& steps) {
    std::vector<core::WantedPartner> wanted;
    for (const auto& [before, after] : steps.partners) {
        wanted.push_back({.before = after ? reader.partner(after->primary_domain) : std::nullopt,
                          .after = before ? std::optional{core::ChangedPartner{*before, {}}} : std::nullopt});
    }
    return wanted;
}

core::ChangeSet opposite(store::Reader& reader, const core::CommitSteps& steps, std::string_view now) {
    const auto wanted = wanted_by(reader, steps);
    const auto edge_now = reader.edge();
    const auto& edge = steps.edge ? steps.edge->before : edge_now;
    const auto own_domains = core::own_domains(edge);
    auto changes = core::decide(
        wanted, {.claims = reader.claims_on(core::claimed_domains(wanted)), .own_domains = own_domains}, now);
    if (steps.edge) {
        auto claims = reader.claims_on(own_domains);
        std::erase_if(claims, [&](const core::Claim& claim) {  // the partners are judged by themselves
            return std::ranges::any_of(wanted, [&](const core::WantedPartner& each) {
                return each.before && each.before->primary_domain == claim.partner;
            });
        });
        auto decision = core::decide({.edge = edge}, edge_now, claims);
        mark_accepted(decision.diagnostics, reader);
        changes.edge = std::move(decision.edge);
        std::ranges::move(decision.diagnostics, std::back_inserter(changes.diagnostics));
    }
    if (steps.gateway) {
        auto decision = core::decide(steps.gateway->before, reader.gateway());
        changes.gateway = decision.gateway;
        std::ranges::move(decision.diagnostics, std::back_inserter(changes.diagnostics));
    }
    return changes;
}

}  // namespace

Undone undo(Book& book, const std::optional<std::int64_t>& commit) {
    Undone undone;
    const auto actor = commit ? std::string{} : book.circumstances().actor();
    undone.settled = app::commit(book, [&](store::Reader& reader, std::string_view now) {
        undone.commit = commit.value_or(reader.store_revision());
        if (undone.commit == 0 && !commit) {
            throw Error{ErrorKind::not_found, "there is nothing to undo: nothing was committed yet"}.hint(
                "name the store with --store or XMPPFED_STORE, if this is not the one that you mean");
        }
        const auto entries = entries_of(reader, undone.commit);
        if (!commit) {
            refuse_others_commit(entries, actor, reader.db_user());
        }
        const auto steps = core::steps_of(entries);
        refuse_overtaken(reader, undone.commit, steps);
        return opposite(reader, steps, now);
    });
    return undone;
}

core::PastBook book_after(store::Reader& reader, std::int64_t commit) {
    if (const auto last = reader.store_revision(); commit < 1 || commit > last) {
        throw no_commit(commit, last);
    }
    core::PastBook past;
    reader.visit_history({}, [&](const core::HistoryEntry& entry) {
        if (entry.store_revision <= commit) {
            past.add(entry);
        }
        return true;
    });
    return past;
}

}  // namespace xmppfed::app

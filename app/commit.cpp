#include "app/commit.hpp"

#include <optional>

#include "app/cert/request/key_announcement.hpp"
#include "app/commit_failure.hpp"
#include "app/held_signals.hpp"
#include "core/refusal.hpp"
#include "core/text/timestamp.hpp"
#include "store/files/file.hpp"
#include "store/missing_right.hpp"

namespace xmppfed::app {

namespace {

/// Partners alone are an operator's affair.
std::optional<store::Right> right_for(const core::ChangeSet& changes) {
    if (changes.empty()) {
        return std::nullopt;
    }
    const bool is_more = changes.edge || changes.gateway || !changes.requests.empty();
    return is_more ? store::Right::admin : store::Right::operator_;
}

/// The history aside.
void write(const core::ChangeSet& changes, store::Writer& writer) {
    std::vector<std::string> gone;
    std::vector<core::CommittedPartner> put;
    for (const auto& [before, after] : changes.partners) {
        if (before && (!after || after->primary_domain != before->primary_domain)) {
            gone.push_back(before->primary_domain);
        }
        if (after) {
            put.push_back(*after);
        }
    }
    writer.remove_partners(gone);
    writer.put_partners(put);
    if (changes.edge) {
        writer.put_edge(changes.edge->after);
    }
    if (changes.gateway) {
        writer.put_gateway(changes.gateway->after);
    }
    for (const auto& [before, after] : changes.requests) {
        writer.put_cert_request(after);
        if (!before) {
            writer.forget_key({after.key_file, after.host});
        } else if (after.directory != before->directory) {
            writer.forget_key({announced_directory(store::directory_of(after.directory)), after.host});
        }
    }
}

/// What is asked for is there already. A dry run is asked to tell that, and keeps nothing.
Outcome leave_unchanged(const Book& book, const Alongside& alongside) {
    if (!book.circumstances().dry_run && alongside.keep) {
        alongside.keep();
    }
    return Outcome::unchanged;
}

Outcome settle(const store::CommitOutcome& outcome, const Alongside& alongside) {
    if (outcome.may_stand() && alongside.keep) {
        alongside.keep();
    }
    if (outcome.error) {
        throw failure_of(outcome, "the change is committed");
    }
    return outcome.was_looked_for ? Outcome::found : Outcome::committed;
}

/// What a change that a role may not make takes: the edge, the gateway and certificates take more than partners.
store::MissingRight missing_right(const store::MissingRight& missing, Book& book, const Decide& decide) {
    try {
        const auto changes = decide(*book.store().read(), core::timestamp(book.now()));
        const bool takes_more = changes.edge || changes.gateway || !changes.requests.empty();
        return takes_more ? missing.instead(store::Right::admin) : missing;
    } catch (const core::Error&) {  // what else is wrong is told to whom has the right
        return missing;
    }
}

}  // namespace

Outcome transact(Book& book, const Work& work, const Alongside& alongside) {
    const bool dry_run = book.circumstances().dry_run;
    const auto now = book.now();
    // Who it is may be asked of a directory service: not while others wait for the lock.
    core::Commit commit{
        .at = core::timestamp(now), .actor = book.circumstances().actor(), .message = book.circumstances().message};
    const auto intend = [&](store::Right right) {
        book.site()->refuse_unwritable(right);
        return Outcome::intended;
    };
    std::optional<HeldSignals> held;
    if (!book.exists()) {
        const auto right = work(*book.store().read(), nullptr, commit);
        if (!right) {
            return leave_unchanged(book, alongside);
        }
        if (dry_run) {
            return intend(*right);
        }
        held.emplace();  // an empty store must not be left behind
        book.create(now);
    }
    const auto writer = book.store().write();
    if (!held && book.circumstances().interrupted()) {  // while somebody waited for the lock
        throw core::Error{core::ErrorKind::failed, "stopped before anything was committed"};
    }
    commit.at = writer->now().value_or(commit.at);
    const auto right = work(*writer, dry_run ? nullptr : writer.get(), commit);
    if (!right) {
        return leave_unchanged(book, alongside);
    }
    return dry_run ? intend(*right) : settle(writer->try_commit(), alongside);
}

Settled commit(Book& book, const Decide& decide, const Alongside& alongside) {
    Settled settled;
    std::optional<HeldSignals> held;  // until the transaction is over: no journal is left behind
    const auto work = [&](store::Reader& reader, store::Writer* writer, const core::Commit& commit) {
        auto& changes = settled.changes;
        changes = decide(reader, commit.at);
        core::refuse_unsound(changes.diagnostics, book.circumstances().strict);
        settled.entries = core::history_of(changes, commit);
        if (writer != nullptr && !changes.empty()) {
            if (alongside.act) {
                alongside.act();
            }
            held.emplace();
            write(changes, *writer);
            writer->record(settled.entries);
        }
        return right_for(changes);
    };
    try {
        settled.outcome = transact(book, work, alongside);
    } catch (const store::MissingRight& missing) {
        throw missing_right(missing, book, decide);
    }
    return settled;
}

}  // namespace xmppfed::app

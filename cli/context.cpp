#include "cli/context.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/commit_failure.hpp"
#include "app/held_signals.hpp"
#include "cli/line/settings.hpp"
#include "cli/terminal/wrapping.hpp"
#include "cli/view/changes_view.hpp"
#include "cli/work/key_announcement.hpp"
#include "cli/work/place_trust.hpp"
#include "core/refusal.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/files/file.hpp"

namespace xmppfed::cli {

using core::Error;
using core::ErrorKind;

namespace {

void write(const core::ChangeSet& changes, store::Writer& writer, const core::Commit& commit) {
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
    for (const auto& [before, after] : changes.requests) {
        writer.put_cert_request(after);
        if (!before) {
            writer.forget_key(after.key_file);
        } else if (after.directory != before->directory) {
            writer.forget_key(announced_directory(store::directory_of(after.directory)));
        }
    }
    writer.record(core::history_of(changes, commit));
}

}  // namespace

Style Context::style() const {
    return style_of(world_, globals_.color, world_.terminal.stdout_is_one);
}

store::Location Context::location() const {
    return {.path = store_setting(world_, globals_.store).value, .wait = globals_.wait, .now = world_.now()};
}

store::Location Context::trusted_location() {
    if (!is_place_judged_) {
        is_place_judged_ = true;
        messages_.findings(judge_store_place(store_setting(world_, globals_.store)));
    }
    return location();
}

store::Store& Context::store() {
    if (!store_) {
        const auto where = trusted_location();
        store_ = store::exists(where.path) ? store::open(where) : store::open_in_memory(where.now);
    }
    return *store_;
}

store::Store& Context::existing_store() {
    if (const auto where = location(); !store::exists(where.path)) {
        std::error_code failed;
        if (std::filesystem::exists(where.path, failed)) {
            throw Error{ErrorKind::not_found,
                        fmt::format("the store {} is empty: its file has no octets", core::quote(where.path))}
                .hint("if it ever held partners, bring back a copy that `xmppfed store backup` made")
                .hint("if it never did, the first change makes a store of it");
        }
        throw Error{ErrorKind::not_found, fmt::format("there is no store at {}", core::quote(where.path))}.hint(
            "name it with --store or XMPPFED_STORE; the first change makes it");
    }
    return store();
}

core::Diagnostics Context::missing_store() const {
    const auto path = location().path;
    if (store::exists(path)) {
        return {};
    }
    core::Diagnostic diagnostic;
    diagnostic.severity = core::Severity::warning;
    diagnostic.message = fmt::format("there is no store at {}: it counts as empty", core::quote(path));
    diagnostic.hint = "name the store with --store or XMPPFED_STORE";
    return {diagnostic};
}

void Context::achieve_nothing(const Alongside& alongside) {
    if (!globals_.dry_run) {
        if (alongside.keep) {
            alongside.keep();
        }
        achieve({.what = "nothing had to be changed", .hint = "make room, or write elsewhere"});
    }
}

void Context::settle(const store::CommitOutcome& outcome, const Alongside& alongside) {
    if (outcome.may_stand() && alongside.keep) {
        alongside.keep();
    }
    if (outcome.error) {
        throw app::failure_of(outcome, "the change is committed");
    }
    achieve({.what = "the change was committed", .hint = "look at it with `xmppfed history`"});
}

void Context::transact(const Work& work, const Alongside& alongside) {
    const auto where = trusted_location();
    // Who it is may be asked of a directory service: not while others wait for the lock.
    const core::Commit commit{.at = core::timestamp(where.now), .actor = world_.actor(), .message = globals_.message};
    const bool is_new = !store::exists(where.path);
    std::optional<app::HeldSignals> held;
    if (is_new) {
        if (!work(*store().read(), nullptr, commit)) {
            achieve_nothing(alongside);
            return;
        }
        if (globals_.dry_run) {
            store::refuse_unwritable_store(where.path);
            return;
        }
        held.emplace();  // an empty store must not be left behind
        store::create(where.path);
        store_ = store::open(where);
    }
    const auto writer = store().write();
    if (!work(*writer, globals_.dry_run ? nullptr : writer.get(), commit)) {
        achieve_nothing(alongside);
        return;
    }
    if (globals_.dry_run) {
        store::refuse_unwritable_store(where.path);
        return;
    }
    settle(writer->try_commit(), alongside);
}

namespace {

/// What a dry run would change of partners and the edge that are there already, field by field.
std::vector<std::string> intentions(const core::ChangeSet& changes, const core::Commit& commit) {
    std::vector<std::string> lines;
    for (const auto& entry : core::history_of(changes, commit)) {
        const auto change = core::change_of(entry);
        if (entry.subject != core::Subject::cert_request && core::action_of(change) == "update") {
            std::ranges::move(view::differences(change), std::back_inserter(lines));
        }
    }
    return lines;
}

}  // namespace

core::ChangeSet Context::commit(const Decide& decide, const Alongside& alongside) {
    core::ChangeSet changes;
    std::vector<std::string> would_change;
    std::optional<app::HeldSignals> held;  // until the transaction is over: no journal is left behind
    const auto work = [&](store::Reader& reader, store::Writer* writer, const core::Commit& commit) {
        changes = decide(reader, commit.at);
        core::refuse_unsound(changes.diagnostics, globals_.strict);
        if (writer != nullptr && !changes.empty()) {
            if (alongside.act) {
                alongside.act();
            }
            held.emplace();
            write(changes, *writer, commit);
        }
        if (globals_.dry_run) {
            would_change = intentions(changes, commit);
        }
        return !changes.empty();
    };
    transact(work, alongside);
    held.reset();
    for (const auto& note : changes.notes) {
        messages_.note(note);
    }
    messages_.findings(changes.diagnostics);
    for (const auto& line : would_change) {
        messages_.note("would change " + line);
    }
    tell_outcome(!changes.empty());
    return changes;
}

void Context::tell_outcome(bool changed) {
    if (!changed) {
        messages_.note("nothing changed");
    } else if (globals_.dry_run) {
        messages_.note("dry run: nothing was committed");
    }
}

bool Context::is_interactive() const {
    return world_.terminal.stdin_is_one && world_.terminal.stderr_is_one && !globals_.no_input;
}

void Context::confirm(std::string_view question, std::string_view option) {
    if (!is_interactive()) {
        throw Error{ErrorKind::usage, fmt::format("this needs {} where nobody can be asked", option)}.hint(
            fmt::format("give {} when you are sure", option));
    }
    messages_.question(fmt::format("{} [y/N] ", question));
    if (!affirms(world_.read_line().value_or(""))) {
        throw Error{ErrorKind::failed, "declined; nothing was changed"}.hint(
            fmt::format("answer y, or give {}, to go on", option));
    }
}

bool affirms(std::string_view answer) {
    const auto lower = core::ascii_lower(answer);
    return lower == "y" || lower == "yes";
}

core::Json document_head(std::string_view kind) {
    core::Json json = core::Json::object();
    json["format_version"] = "1.0";
    json["kind"] = kind;
    return json;
}

void Context::print_text(std::string_view text) {
    out().write(wrapped_lines(text, columns()));
}

void Context::print_document(std::string_view kind, const core::Json& members) {
    auto json = document_head(kind);
    if (globals_.dry_run) {
        json["dry_run"] = true;
    }
    json.update(members);
    out().write(core::to_text(json, core::JsonLayout::indented) + "\n");
}

}  // namespace xmppfed::cli

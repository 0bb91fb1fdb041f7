#include "cli/context.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/place_trust.hpp"
#include "cli/settings/settings.hpp"
#include "core/manifest/change_text.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

using core::Error;
using core::ErrorKind;

Style Context::style() const {
    return style_of(world_, settings_, globals_.color, world_.terminal.stdout_is_one);
}

view::Display Context::display() {
    return {.out = out(),
            .messages = messages_,
            .format = globals_.output,
            .style = style(),
            .columns = world_.terminal.columns,
            .medium = medium(),
            .dry_run = globals_.dry_run,
            .strict = globals_.strict,
            .quiet = globals_.quiet};
}

const app::Circumstances& Context::circumstances() {
    if (!circumstances_) {
        if (world_.terminal.stderr_is_one && !globals_.quiet) {
            progress_.emplace(messages_);
        }
        circumstances_ = {.now = world_.now,
                          .actor = world_.actor,
                          .host = [this] { return host_setting(world_, settings_).value; },
                          .data_directory = [this] { return data_directory(world_); },
                          .message = globals_.message,
                          .dry_run = globals_.dry_run,
                          .strict = globals_.strict,
                          .wait = wait_of(settings_, globals_.wait),
                          .progress = progress_ ? &*progress_ : nullptr,
                          .interrupted = world_.interrupted};
    }
    return *circumstances_;
}

std::string Context::store_path() const {
    return store_setting(world_, settings_, globals_.store).value;
}

app::Book& Context::book() {
    if (!book_) {
        const auto setting = store_setting(world_, settings_, globals_.store);
        messages_.diagnostics(app::judge_store_place(setting.value, is_named(setting)));
        book_.emplace(circumstances(), setting.value, world_.find_site);
    }
    return *book_;
}

store::Store& Context::existing_store() {
    app::refuse_missing_store(book());
    return store();
}

namespace {

/// What a dry run would change of what is there already, field by field; of certificate requests others tell. Of several
/// it says which.
std::vector<std::string> intentions(const std::vector<core::HistoryEntry>& entries, Scope scope) {
    std::vector<std::string> lines;
    for (const auto& entry : entries) {
        const auto change = core::change_of(entry);
        if (entry.subject == core::Subject::cert_request || core::action_of(change) != "update") {
            continue;
        }
        const auto whose =
            scope == Scope::one && entries.size() == 1 ? std::string{} : fmt::format("{}: ", core::escape(entry.name));
        for (const auto& line : core::differences(change)) {
            lines.push_back(whose + line);
        }
    }
    return lines;
}

}  // namespace

core::ChangeSet Context::tell(app::Settled&& settled, Scope scope) {
    const auto& [changes, entries, outcome] = settled;
    for (const auto& note : changes.notes) {
        messages_.note(note);
    }
    messages_.diagnostics(changes.diagnostics);
    if (outcome == app::Outcome::intended) {
        for (const auto& line : intentions(entries, scope)) {
            messages_.note("would change " + line);
        }
    }
    conclude(outcome);
    return std::move(settled.changes);
}

void Context::conclude(app::Outcome outcome) {
    switch (outcome) {
    case app::Outcome::unchanged:
        if (!globals_.dry_run) {  // which is asked to tell that, so that it is nothing without its output
            achieve({.what = "nothing had to be changed", .hint = "make room, or write elsewhere"});
        }
        messages_.note("nothing changed");
        break;
    case app::Outcome::intended:
        messages_.note("dry run: nothing was committed");
        break;
    case app::Outcome::found:
        messages_.note("the connection was lost during the commit; the store was looked at again, and has it");
        [[fallthrough]];
    case app::Outcome::committed:
        achieve({.what = "the change was committed", .hint = "look at it with `xmppfed history`"});
        break;
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

}  // namespace xmppfed::cli

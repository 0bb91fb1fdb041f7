#include "core/store_audit.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/subject_state.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

Diagnostic damage(std::string message, std::string partner) {
    Diagnostic diagnostic;
    diagnostic.partner = std::move(partner);
    diagnostic.message = std::move(message);
    diagnostic.hint = "bring back a copy that `xmppfed store backup` made, or repair the row";
    return diagnostic;
}

std::string text_of(const Error& error) {
    return error.cause.empty() ? error.message : error.message + ": " + error.cause;
}

void StoreAudit::add_diagnostic(std::string message, const Key& key) {
    diagnostics_.push_back(
        damage(std::move(message), key.first == Subject::partner ? escape(key.second) : std::string{}));
}

void StoreAudit::add_unreadable(std::int64_t sequence, std::string_view cause) {
    add_diagnostic(fmt::format("entry {} of the history cannot be read: {}", sequence, cause));
    last_ = {};
    last_.sequence = sequence;
    last_is_known_ = all_were_read_ = false;
}

void StoreAudit::add(const HistoryEntry& entry) {
    check_order(entry);
    last_ = entry;
    last_is_known_ = true;
    const auto former = Key{entry.subject, entry.former_name.value_or(entry.name)};
    try {
        const auto shown = to_json(entry);
        check_beginning(entry);
        check_names(entry, shown.at("before"), shown.at("after"));
    } catch (const Error& error) {
        add_diagnostic(fmt::format("entry {} of the history cannot be read: {}", entry.sequence, text_of(error)));
        states_.erase(former);
        states_[{entry.subject, entry.name}] = std::nullopt;
        return;
    }
    states_.erase(former);
    if (entry.after) {
        states_[{entry.subject, entry.name}] = entry.after;
    }
}

/// Entries are numbered without a gap, and so are commits. The entries of one commit agree in who made it, when and why.
void StoreAudit::check_order(const HistoryEntry& entry) {
    if (!is_timestamp(entry.at)) {
        add_diagnostic(fmt::format("entry {} of the history has {} for its time", entry.sequence, quote(entry.at)));
    }
    if (entry.sequence != last_.sequence + 1) {
        add_diagnostic(fmt::format("entry {} of the history follows on entry {}: entries are missing", entry.sequence,
                                   last_.sequence));
        all_were_read_ = false;
    }
    if (!last_is_known_) {
        return;
    }
    const bool is_same_commit = last_.sequence != 0 && entry.store_revision == last_.store_revision;
    if (!is_same_commit && entry.store_revision != last_.store_revision + 1) {
        add_diagnostic(fmt::format("entry {} of the history belongs to commit {}, and the one before it to commit {}",
                                   entry.sequence, entry.store_revision, last_.store_revision));
    }
    if (is_same_commit && (entry.at != last_.at || entry.actor != last_.actor || entry.message != last_.message)) {
        add_diagnostic(
            fmt::format("the entries {} and {} of the history are of one commit, and differ in its time, actor "
                        "or message",
                        last_.sequence, entry.sequence));
    }
}

/// An entry begins where the last one on its subject has ended.
void StoreAudit::check_beginning(const HistoryEntry& entry) {
    const Key key{entry.subject, entry.former_name.value_or(entry.name)};
    const auto found = states_.find(key);
    if (!all_were_read_ || (found != states_.end() && !found->second)) {
        return;
    }
    auto expected = found == states_.end() ? std::nullopt : found->second;
    auto actual = entry.before;
    if (is_always_there(entry.subject)) {
        const auto nothing = to_text(default_state(entry.subject), JsonLayout::compact);
        expected = expected.value_or(nothing);
        actual = actual.value_or(nothing);
    }
    if (expected.has_value() != actual.has_value()) {
        add_diagnostic(
            fmt::format("entry {} of the history begins {}, and the entries before it leave {}", entry.sequence,
                        actual ? "with " + described(entry.subject, key.second) : "with nothing",
                        expected ? "it" : "nothing"),
            key);
    } else if (expected) {
        if (const auto keys = differing_keys(entry.subject, *expected, *actual); !keys.empty()) {
            add_diagnostic(fmt::format("entry {} of the history does not begin where the one before it has left {}: {}",
                                       entry.sequence, described(entry.subject, key.second), keys),
                           key);
        }
    }
}

void StoreAudit::check_names(const HistoryEntry& entry, const Json& before, const Json& after) {
    const auto name = name_in(after.is_null() ? before : after, entry.subject);
    const auto action = action_between(entry.subject, before, after);
    const bool is_renamed = action == "partner.rename";
    const auto former = is_renamed ? std::optional{name_in(before, entry.subject)} : std::nullopt;
    if (entry.name != name || entry.former_name != former) {
        add_diagnostic(fmt::format("entry {} of the history is on {}, but under another name", entry.sequence,
                                   described(entry.subject, name)));
    }
    if (entry.action != action) {
        add_diagnostic(fmt::format("entry {} of the history says {}, but what it records is {}", entry.sequence,
                                   quote(entry.action), action.empty() ? "nothing that a command does" : action));
    }
}

void StoreAudit::compare(const Key& key, const std::string& actual) {
    const auto found = states_.find(key);
    if (found == states_.end()) {
        if (all_were_read_) {
            add_diagnostic(fmt::format("{} is not what was last committed: the history does not know it",
                                       described(key.first, key.second)),
                           key);
        }
        return;
    }
    if (const auto& recorded = found->second) {
        try {
            if (const auto keys = differing_keys(key.first, *recorded, actual); !keys.empty()) {
                add_diagnostic(
                    fmt::format("{} is not what was last committed: {}", described(key.first, key.second), keys), key);
            }
        } catch (const Error& error) {
            add_diagnostic(fmt::format("{} cannot be read: {}", described(key.first, key.second), error.message), key);
        }
    }
    states_.erase(found);
}

void StoreAudit::compare(const CommittedPartner& partner) {
    compare({Subject::partner, partner.primary_domain}, to_text(to_json(partner), JsonLayout::compact));
}

void StoreAudit::compare(const Edge& edge) {
    compare_whole(Subject::edge, to_json(edge));
}

void StoreAudit::compare(const Gateway& gateway) {
    compare_whole(Subject::gateway, to_json(gateway));
}

/// Of a subject that is always there: in its default state nobody needs to have committed it.
void StoreAudit::compare_whole(Subject subject, const Json& actual) {
    const Key key{subject, name_in(actual, subject)};
    if (actual != default_state(subject) || states_.contains(key)) {
        compare(key, to_text(actual, JsonLayout::compact));
    }
}

void StoreAudit::compare(const CertRequest& request) {
    compare({Subject::cert_request, std::to_string(request.number)},
            to_text(history_form(request), JsonLayout::compact));
}

void StoreAudit::compare_unreadable(Subject subject, const std::string& name, std::string_view cause) {
    add_diagnostic(fmt::format("{} cannot be read: {}", described(subject, name), cause), {subject, name});
    states_.erase({subject, name});
}

Diagnostics StoreAudit::finish(std::optional<std::int64_t> store_revision) {
    for (const auto& [key, state] : states_) {
        if (state) {
            add_diagnostic(
                fmt::format("{} was committed and never removed, but is not there", described(key.first, key.second)),
                key);
        }
    }
    if (last_is_known_ && store_revision && *store_revision != last_.store_revision) {
        add_diagnostic(
            fmt::format("the store is at revision {}, but its history at {}", *store_revision, last_.store_revision));
    }
    return std::move(diagnostics_);
}

}  // namespace xmppfed::core

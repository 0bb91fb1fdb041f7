#include "core/store_audit.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/history/entry_side.hpp"
#include "core/history/subject_state.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

/// A diagnostic on a subject of the history.
Diagnostic damage_of(const std::pair<Subject, std::string>& key, std::string message) {
    return damage(std::move(message), key.first == Subject::partner ? escape(key.second) : std::string{});
}

}  // namespace

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

void StoreAudit::add_to_history(std::int64_t sequence, Look look, std::string message, const Key& key) {
    on_history_.emplace_back(Occasion{sequence, look}, damage_of(key, std::move(message)));
}

void StoreAudit::add_unreadable(std::int64_t sequence, std::string_view cause) {
    add_to_history(sequence, Look::order, fmt::format("entry {} of the history cannot be read: {}", sequence, cause));
    last_ = {};
    last_.sequence = sequence;
    last_is_known_ = false;
    known_until_ = std::min(known_until_, sequence);
}

void StoreAudit::break_off() {
    follow_waiting();  // it was got at
    last_is_known_ = false;
    known_until_ = std::numeric_limits<std::int64_t>::min();
}

void StoreAudit::add(HistoryEntry entry) {
    check_order(entry);
    last_ = std::move(entry);
    last_is_known_ = true;
}

/// What the last subject was left as and was not compared with is not there.
void StoreAudit::turn_to(const Key& key) {
    follow_waiting();
    if (state_.key == key) {
        return;
    }
    if (state_.is_there && state_.text) {
        const auto& [subject, name] = state_.key;
        on_what_is_gone_.push_back(damage_of(
            state_.key, fmt::format("{} was committed and never removed, but is not there", described(subject, name))));
    }
    state_ = {.key = key};
}

/// A side of an entry, and its text: that of a partner which the short way reads is as it is written today, so that most
/// need not be taken apart to be compared.
struct StoreAudit::Side : EntrySide {
    std::optional<std::string> text = std::nullopt;
};

/// A side of an entry on a partner that need not be taken apart: known, or where the one before has ended, or plain.
std::optional<StoreAudit::Side> StoreAudit::plain_side(const std::optional<std::string>& text,
                                                       const Known* known) const {
    if (!text) {
        return Side{};
    }
    if (known != nullptr && *text == known->text) {
        return Side{{.is_there = true, .name = known->name}, text};
    }
    if (text == state_.recorded) {
        return Side{{.is_there = true, .name = state_.name}, state_.text};
    }
    if (auto plain = plain_partner_from_text(*text)) {
        return Side{{.is_there = true, .name = std::move(plain->partner.primary_domain)}, std::move(plain->text)};
    }
    return std::nullopt;
}

/// Throws when one of them cannot be read.
StoreAudit::Sides StoreAudit::sides_of(const HistoryEntry& entry, const Known* known) const {
    if (entry.subject == Subject::partner) {
        if (auto before = plain_side(entry.before, known), after = plain_side(entry.after, known); before && after) {
            return {std::move(*before), std::move(*after)};
        }
    }
    auto shown = to_json(entry);
    return {Side{side_in(entry.subject, std::move(shown["before"])), entry.before},
            Side{side_in(entry.subject, std::move(shown["after"])), entry.after}};
}

void StoreAudit::follow(HistoryEntry entry, std::string name) {
    follow_waiting();
    waiting_ = Waiting{std::move(entry), std::move(name)};
}

void StoreAudit::follow_waiting(const Known* known) {
    if (!waiting_) {
        return;
    }
    auto [entry, name] = *std::exchange(waiting_, std::nullopt);
    turn_to({entry.subject, name});
    const bool ends_here = entry.name == name;
    const bool begins_here = entry.former_name.value_or(entry.name) == name;
    Sides sides;
    try {
        sides = sides_of(entry, known);
        if (begins_here) {
            check_beginning(entry, sides.first);
        }
        if (ends_here) {
            check_names(entry, sides.first, sides.second);
        }
    } catch (const Error& error) {
        if (ends_here) {
            add_to_history(entry.sequence, Look::beginning,
                           fmt::format("entry {} of the history cannot be read: {}", entry.sequence, text_of(error)));
        }
        state_ = {.key = std::move(state_.key), .is_there = ends_here};
        return;
    }
    if (ends_here && entry.after) {
        state_.is_there = true;
        state_.text = std::move(sides.second.text);
        state_.recorded = std::move(entry.after);
        state_.name = std::move(sides.second.name);
    } else if (begins_here) {
        state_ = {.key = std::move(state_.key)};
    }
}

/// Entries are numbered without a gap, and so are commits. The entries of one commit agree in who made it, when and why.
void StoreAudit::check_order(const HistoryEntry& entry) {
    if (!is_timestamp(entry.at)) {
        add_to_history(entry.sequence, Look::order,
                       fmt::format("entry {} of the history has {} for its time", entry.sequence, quote(entry.at)));
    }
    if (entry.sequence != last_.sequence + 1) {
        add_to_history(entry.sequence, Look::order,
                       fmt::format("entry {} of the history follows on entry {}: entries are missing", entry.sequence,
                                   last_.sequence));
        known_until_ = std::min(known_until_, entry.sequence);
    }
    if (!last_is_known_) {
        return;
    }
    const bool is_same_commit = last_.sequence != 0 && entry.store_revision == last_.store_revision;
    if (!is_same_commit && entry.store_revision != last_.store_revision + 1) {
        add_to_history(entry.sequence, Look::order,
                       fmt::format("entry {} of the history belongs to commit {}, and the one before it to commit {}",
                                   entry.sequence, entry.store_revision, last_.store_revision));
    }
    if (is_same_commit && (entry.at != last_.at || entry.actor != last_.actor || entry.message != last_.message)) {
        add_to_history(
            entry.sequence, Look::order,
            fmt::format("the entries {} and {} of the history are of one commit, and differ in its time, actor "
                        "or message",
                        last_.sequence, entry.sequence));
    }
}

/// An entry begins where the last one on its subject has ended.
void StoreAudit::check_beginning(const HistoryEntry& entry, const Side& before) {
    if (entry.sequence >= known_until_ || (state_.is_there && !state_.text)) {
        return;
    }
    const auto& [subject, name] = state_.key;
    auto expected = state_.text;
    auto actual = before.text;
    if (is_always_there(entry.subject)) {
        const auto nothing = to_text(default_state(entry.subject), JsonLayout::compact);
        expected = expected.value_or(nothing);
        actual = actual.value_or(nothing);
    }
    if (expected.has_value() != actual.has_value()) {
        add_to_history(
            entry.sequence, Look::beginning,
            fmt::format("entry {} of the history begins {}, and the entries before it leave {}", entry.sequence,
                        actual ? "with " + described(subject, name) : "with nothing", expected ? "it" : "nothing"),
            state_.key);
    } else if (expected) {
        if (const auto keys = differing_keys(subject, *expected, *actual); !keys.empty()) {
            add_to_history(entry.sequence, Look::beginning,
                           fmt::format("entry {} of the history does not begin where the one before it has left {}: {}",
                                       entry.sequence, described(subject, name), keys),
                           state_.key);
        }
    }
}

void StoreAudit::check_names(const HistoryEntry& entry, const Side& before, const Side& after) {
    const auto& name = (after.is_there ? after : before).name;
    const auto action = action_between(entry.subject, before, after);
    const auto former = action == "partner.rename" ? std::optional{before.name} : std::nullopt;
    if (entry.name != name || entry.former_name != former) {
        add_to_history(entry.sequence, Look::names,
                       fmt::format("entry {} of the history is on {}, but under another name", entry.sequence,
                                   described(entry.subject, name)));
    }
    if (entry.action != action) {
        add_to_history(entry.sequence, Look::names,
                       fmt::format("entry {} of the history says {}, but what it records is {}", entry.sequence,
                                   quote(entry.action), action.empty() ? "nothing that a command does" : action));
    }
}

void StoreAudit::compare(const Key& key, const std::string& actual) {
    turn_to(key);
    const auto state = std::exchange(state_, {.key = key});
    std::string problem;
    if (!state.is_there && known_until_ == std::numeric_limits<std::int64_t>::max()) {
        problem = "is not what was last committed: the history does not know it";
    } else if (state.is_there && state.text) {
        try {
            const auto keys = differing_keys(key.first, *state.text, actual);
            problem = keys.empty() ? "" : "is not what was last committed: " + keys;
        } catch (const Error& error) {
            problem = "cannot be read: " + error.message;
        }
    }
    if (!problem.empty()) {
        on_what_is_there_.push_back(damage_of(key, described(key.first, key.second) + " " + problem));
    }
}

void StoreAudit::compare(const CommittedPartner& partner) {
    const auto text = to_text(partner);
    if (waiting_ && waiting_->entry.after == text && surely_reads_back(partner)) {
        const Known known{text, partner.primary_domain};
        follow_waiting(&known);
    }
    compare({Subject::partner, partner.primary_domain}, text);
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
    turn_to(key);
    if (actual != default_state(subject) || state_.is_there) {
        compare(key, to_text(actual, JsonLayout::compact));
    }
}

void StoreAudit::compare(const CertRequest& request) {
    compare({Subject::cert_request, std::to_string(request.number)},
            to_text(history_form(request), JsonLayout::compact));
}

void StoreAudit::compare_unreadable(Subject subject, const std::string& name, std::string_view cause) {
    const Key key{subject, name};
    turn_to(key);
    state_ = {.key = key};
    on_what_is_there_.push_back(damage_of(key, fmt::format("{} cannot be read: {}", described(subject, name), cause)));
}

Diagnostics StoreAudit::finish(std::optional<std::int64_t> store_revision) {
    turn_to({});
    std::ranges::stable_sort(on_history_, {}, [](const auto& found) { return found.first; });
    Diagnostics diagnostics;
    for (auto& [occasion, diagnostic] : on_history_) {
        diagnostics.push_back(std::move(diagnostic));
    }
    std::ranges::move(on_what_is_there_, std::back_inserter(diagnostics));
    std::ranges::move(on_what_is_gone_, std::back_inserter(diagnostics));
    if (last_is_known_ && store_revision && *store_revision != last_.store_revision) {
        diagnostics.push_back(damage(
            fmt::format("the store is at revision {}, but its history at {}", *store_revision, last_.store_revision)));
    }
    return diagnostics;
}

}  // namespace xmppfed::core

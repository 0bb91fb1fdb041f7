#include "core/store_audit.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

Json default_state(Subject subject) {
    switch (subject) {
    case Subject::partner:
        return to_json(CommittedPartner{});
    case Subject::edge:
        return to_json(Edge{});
    case Subject::cert_request:
        return history_form(CertRequest{});
    }
    return {};
}

/// Adds the keys that an older state lacks, in the certificate of a request too.
Json completed(const std::string& state, Subject subject) {
    const auto add_to = [](Json& object, const Json& defaults) {
        for (const auto& [key, value] : defaults.items()) {
            if (!object.contains(key)) {
                object[key] = value;
            }
        }
    };
    auto object = stored_object(state);
    add_to(object, default_state(subject));
    if (const auto certificate = object.find("certificate"); certificate != object.end() && certificate->is_object()) {
        CertRequest request;
        request.certificate.emplace();
        add_to(*certificate, history_form(request).at("certificate"));
    }
    return object;
}

/// The subject of an entry in a sentence.
std::string described(Subject subject, const std::string& name) {
    switch (subject) {
    case Subject::partner:
        return fmt::format("the partner {}", quote(name));
    case Subject::edge:
        return "the edge";
    case Subject::cert_request:
        return fmt::format("certificate request {}", escape(name));
    }
    return {};
}

/// What a state is called in the history; empty where it does not say.
std::string name_in(const Json& state, Subject subject) {
    const auto value = [&](const char* key) { return state.is_object() ? state.value(key, Json{}) : Json{}; };
    switch (subject) {
    case Subject::partner:
        return value("primary_domain").is_string() ? value("primary_domain").get<std::string>() : std::string{};
    case Subject::edge:
        return "edge";
    case Subject::cert_request:
        return value("number").dump();
    }
    return {};
}

/// What the step from one state to the other is called.
std::string action_between(Subject subject, const Json& before, const Json& after) {
    switch (subject) {
    case Subject::partner: {
        const bool is_renamed = name_in(before, subject) != name_in(after, subject);
        return before.is_null()  ? "partner.create"
               : after.is_null() ? "partner.remove"
               : is_renamed      ? "partner.rename"
                                 : "partner.update";
    }
    case Subject::edge:
        return "edge.update";
    case Subject::cert_request: {
        const auto state = after.value("state", std::string{});
        const auto certificate = [](const Json& it) { return it.is_object() ? it.value("certificate", Json{}) : it; };
        if (!before.is_null() && certificate(before) != certificate(after)) {
            return "cert.import";
        }
        return state == "pending"     ? "cert.request"
               : state == "issued"    ? "cert.import"
               : state == "assigned"  ? "cert.assign"
               : state == "replaced"  ? "cert.replace"
               : state == "cancelled" ? "cert.cancel"
                                      : "";
    }
    }
    return {};
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

std::string differing_keys(Subject subject, const std::string& recorded, const std::string& actual) {
    std::vector<std::string> keys;
    if (recorded == actual) {
        return {};
    }
    const auto left = completed(recorded, subject);
    const auto right = completed(actual, subject);
    for (const auto& [key, value] : right.items()) {
        // As objects whose keys have no order: an older entry may have had another.
        if (nlohmann::json(left.value(key, Json{})) != nlohmann::json(value)) {
            keys.push_back(escape(key));
        }
    }
    for (const auto& [key, value] : left.items()) {
        if (!right.contains(key)) {
            keys.push_back(escape(key));
        }
    }
    return join(keys, ", ");
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
    if (entry.subject == Subject::edge) {  // one in which nothing is set is none
        const auto nothing = to_text(to_json(Edge{}), JsonLayout::compact);
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
    const Key key{Subject::edge, "edge"};
    if (edge != Edge{} || states_.contains(key)) {
        compare(key, to_text(to_json(edge), JsonLayout::compact));
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

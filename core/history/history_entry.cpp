#include "core/history/history_entry.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/history/entry_side.hpp"
#include "core/partner/partner_fields.hpp"

namespace xmppfed::core {

namespace {

constexpr std::array subjects{EnumValue{"partner", {}}, EnumValue{"edge", {}}, EnumValue{"cert-request", {}},
                              EnumValue{"gateway", {}}};

constexpr std::array actions{
    EnumValue{"partner.create", {}}, EnumValue{"partner.update", {}}, EnumValue{"partner.rename", {}},
    EnumValue{"partner.remove", {}}, EnumValue{"edge.update", {}},    EnumValue{"cert.request", {}},
    EnumValue{"cert.import", {}},    EnumValue{"cert.assign", {}},    EnumValue{"cert.replace", {}},
    EnumValue{"cert.cancel", {}},    EnumValue{"cert.move", {}},      EnumValue{"cert.retire", {}},
    EnumValue{"gateway.update", {}},
};

std::string_view partner_action(const CommittedPartner* before, const CommittedPartner* after) {
    if (before == nullptr) {
        return "partner.create";
    }
    if (after == nullptr) {
        return "partner.remove";
    }
    return before->primary_domain == after->primary_domain ? "partner.update" : "partner.rename";
}

std::optional<std::string> stored_form(const CommittedPartner* partner) {
    return partner == nullptr ? std::nullopt : std::optional{to_text(*partner)};
}

HistoryEntry entry_of(const Commit& commit, Subject subject, std::string_view action) {
    HistoryEntry entry;
    entry.at = commit.at;
    entry.actor = commit.actor;
    entry.message = commit.message;
    entry.subject = subject;
    entry.action = action;
    return entry;
}

/// A key that an older entry lacks has its default, in the place where it is now.
template <class Subject>
Json with_defaults(Json object, std::span<const Field<Subject>> fields) {
    const auto lacks = [&](const Field<Subject>& field) { return !object.contains(std::string{field.key}); };
    if (std::ranges::none_of(fields, lacks)) {
        return object;
    }
    Json whole = Json::object();
    auto rest = object.begin();
    for (const auto& field : fields) {
        const std::string key{field.key};
        if (lacks(field)) {
            whole[key] = field.write(Subject{});
            continue;
        }
        while (!whole.contains(key)) {
            whole[rest.key()] = rest.value();
            ++rest;
        }
    }
    for (; rest != object.end(); ++rest) {
        whole[rest.key()] = rest.value();
    }
    return whole;
}

Json with_defaults(Json object, Subject subject) {
    switch (subject) {
    case Subject::partner:
        return with_defaults(std::move(object), partner_fields());
    case Subject::edge:
        return with_defaults(std::move(object), edge_fields());
    case Subject::gateway:
        return with_defaults(std::move(object), gateway_fields());
    case Subject::cert_request:
        return object;  // no field that somebody sets
    }
    return object;
}

/// What an entry has stored. Throws also when it is a partner with a field that cannot be read.
Json checked_object(const std::optional<std::string>& text, Subject subject) {
    auto object = stored_object(text);
    if (text && subject == Subject::partner) {
        static_cast<void>(partner_from_text(*text));
        if (!object.contains("revision") || !object.at("revision").is_number_integer()) {
            throw damaged_entry("it has no revision");
        }
    }
    return object.is_null() ? object : with_defaults(std::move(object), subject);
}

}  // namespace

template <>
std::span<const EnumValue> values_of<Subject>() {
    return subjects;
}

std::span<const EnumValue> history_actions() {
    return actions;
}

HistoryEntry partner_entry(const Commit& commit, const CommittedPartner* before, const CommittedPartner* after) {
    auto entry = entry_of(commit, Subject::partner, partner_action(before, after));
    const auto* subject = after != nullptr ? after : before;
    entry.name = subject->primary_domain;
    if (entry.action == "partner.rename") {
        entry.former_name = before->primary_domain;
    }
    entry.before = stored_form(before);
    entry.after = stored_form(after);
    return entry;
}

HistoryEntry edge_entry(const Commit& commit, const Edge& before, const Edge& after) {
    auto entry = entry_of(commit, Subject::edge, "edge.update");
    entry.name = "edge";
    if (before != Edge{}) {
        entry.before = to_text(to_json(before), JsonLayout::compact);
    }
    entry.after = to_text(to_json(after), JsonLayout::compact);
    return entry;
}

HistoryEntry gateway_entry(const Commit& commit, const Gateway& before, const Gateway& after) {
    auto entry = entry_of(commit, Subject::gateway, "gateway.update");
    entry.name = "gateway";
    entry.before = to_text(to_json(before), JsonLayout::compact);
    entry.after = to_text(to_json(after), JsonLayout::compact);
    return entry;
}

HistoryEntry request_entry(const Commit& commit, const CertRequest* before, const CertRequest& after) {
    const auto form = [](const CertRequest* request) { return request == nullptr ? Json{} : history_form(*request); };
    const auto earlier = side_in(Subject::cert_request, form(before));
    const auto later = side_in(Subject::cert_request, form(&after));
    auto entry = entry_of(commit, Subject::cert_request, action_between(Subject::cert_request, earlier, later));
    entry.name = later.name;
    if (before != nullptr) {
        entry.before = to_text(earlier.json, JsonLayout::compact);
    }
    entry.after = to_text(later.json, JsonLayout::compact);
    return entry;
}

Json stored_object(const std::optional<std::string>& text) {
    if (!text) {
        return {};
    }
    auto object = Json::parse(*text, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object()) {
        throw damaged_entry("it holds no JSON object");
    }
    return object;
}

Json to_json(const HistoryEntry& entry) {
    Json json = Json::object();
    json["sequence"] = entry.sequence;
    json["commit"] = entry.store_revision;
    json["at"] = entry.at;
    json["actor"] = entry.actor;
    if (entry.db_user) {
        json["db_user"] = *entry.db_user;
    }
    json["message"] = entry.message;
    json["action"] = entry.action;
    json["subject"] = name_of(entry.subject);
    try {
        json["before"] = checked_object(entry.before, entry.subject);
        json["after"] = checked_object(entry.after, entry.subject);
    } catch (Error& error) {
        error.message += fmt::format(" (entry {})", entry.sequence);
        throw;
    }
    return json;
}

}  // namespace xmppfed::core

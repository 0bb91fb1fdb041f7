#include "core/manifest/manifest_change.hpp"

#include "core/partner/partner_fields.hpp"

namespace xmppfed::core {

namespace {

/// A key that an older entry of the history lacks has its default.
template <class Subject>
Json value_of(const Json& object, const Field<Subject>& field) {
    if (object.is_null()) {
        return {};
    }
    const auto value = object.find(std::string{field.key});
    return value == object.end() ? field.write(Subject{}) : *value;
}

template <class Subject>
std::vector<FieldChange> differing(const ManifestChange& change, std::span<const Field<Subject>> fields) {
    const bool whole = change.before.is_null() || change.after.is_null();
    std::vector<FieldChange> list;
    for (const auto& field : fields) {
        auto before = value_of(change.before, field);
        auto after = value_of(change.after, field);
        if (whole || before != after) {
            list.push_back({&field, std::move(before), std::move(after)});
        }
    }
    return list;
}

}  // namespace

std::string_view action_of(const ManifestChange& change) {
    if (change.before.is_null()) {
        return "create";
    }
    return change.after.is_null() ? "remove" : "update";
}

std::vector<FieldChange> changed_fields(const ManifestChange& change) {
    switch (change.subject) {
    case Subject::partner:
        return differing(change, partner_fields());
    case Subject::edge:
        return differing(change, edge_fields());
    case Subject::gateway:
        return differing(change, gateway_fields());
    case Subject::cert_request:
        return {};  // its state changes, no field that somebody sets
    }
    return {};
}

Json to_json(const ManifestChange& change) {
    const bool is_partner = change.subject == Subject::partner;
    const auto& named = change.after.is_null() ? change.before : change.after;
    Json json = Json::object();
    json["action"] = action_of(change);
    json["subject"] = name_of(change.subject);
    json["partner"] = is_partner ? named.at(std::string{partner_identity().key}) : Json{};
    json["fields"] = Json::array();
    for (auto& each : changed_fields(change)) {
        auto& item = json["fields"].emplace_back(Json::object());
        item["field"] = each.field->key;
        item["before"] = std::move(each.before);
        item["after"] = std::move(each.after);
    }
    return json;
}

ManifestChange change_of(const HistoryEntry& entry) {
    return {entry.subject, stored_object(entry.before), stored_object(entry.after)};
}

void ManifestSummary::count(bool was_there, bool is_there) {
    ++(!was_there ? create : is_there ? update : remove);
}

Json to_json(const ManifestSummary& summary) {
    return Json::object({{"create", summary.create},
                         {"update", summary.update},
                         {"remove", summary.remove},
                         {"unchanged", summary.unchanged},
                         {"unchanged_warnings", summary.unchanged_warnings}});
}

}  // namespace xmppfed::core

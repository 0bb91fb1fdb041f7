#include "core/manifest/change_text.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/field/field.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::size_t short_text = 24;  // columns

/// Whether a value says nothing: null, or an empty text or list.
bool is_unset(const Json& value) {
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
           (value.is_array() && value.empty());
}

/// The items of a list that are in another, or are not.
Json items_between(const Json& list, const Json& other, bool there) {
    Json items = Json::array();
    std::ranges::copy_if(list, std::back_inserter(items),
                         [&](const Json& item) { return (std::ranges::find(other, item) != other.end()) == there; });
    return items;
}

std::string signed_items(std::string_view sign, const Json& items) {
    std::string text;
    for (const auto& item : items) {
        text += fmt::format(" {}{}", sign, escape(item.get_ref<const std::string&>()));
    }
    return text;
}

/// What is new and what is gone; and the order, unless the new ones stand behind the others or it means nothing.
std::string list_difference(FieldKind kind, const Json& before, const Json& after) {
    const auto added = items_between(after, before, /*there=*/false);
    const auto text = signed_items("+", added) + signed_items("-", items_between(before, after, /*there=*/false));
    auto in_order = items_between(before, after, /*there=*/true);
    std::ranges::copy(added, std::back_inserter(in_order));
    const bool tells_order = kind == FieldKind::domain_list && in_order != after;
    return tells_order ? fmt::format("{} in the order {}", text, shown_value(after)) : text;
}

std::string field_difference(const FieldChange& change, FreeTexts texts) {
    const auto& [field, before, after] = change;
    if (texts == FreeTexts::shortened && field->kind == FieldKind::text) {
        return fmt::format(" {} -> {}", shorten(shown_value(before), short_text),
                           shorten(shown_value(after), short_text));
    }
    if (before.is_array() && after.is_array()) {
        return list_difference(field->kind, before, after);
    }
    const bool is_list = before.is_array() || after.is_array();  // that was never set, or is not any more
    const auto one = [is_list](const Json& value) {
        return is_list && value.is_null() ? "(not set)" : shown_value(value);
    };
    return fmt::format(" {} -> {}", one(before), one(after));
}

/// The state that a certificate request had and has; of what else changed the key alone, for the values are long.
std::string request_changes(const Json& before, const Json& after) {
    std::vector<std::string> parts;
    for (const auto& [key, value] : after.items()) {
        const auto old = before.value(key, Json{});
        if (old == value) {
            continue;
        }
        const bool tells = key == "state" && old.is_string();
        parts.push_back(tells ? fmt::format("{}: {} -> {}", key, plain_text(old, " "), plain_text(value, " ")) : key);
    }
    return join(parts, "; ");
}

/// The names alone of what was set, for all of it is new.
std::string set_fields(const ManifestChange& change) {
    std::vector<std::string> parts;
    for (const auto& each : changed_fields(change)) {
        if (is_set(each)) {
            parts.push_back(fmt::format("{}{}", parts.empty() ? "set " : "", each.field->key));
        }
    }
    return join(parts, "; ");
}

}  // namespace

bool is_set(const FieldChange& change) {
    return !is_unset(change.after) || (change.after.is_array() && change.field->is_null_by_default);
}

std::string shown_value(const Json& value) {
    return is_unset(value) ? "(none)" : escape(plain_text(value, ", "));
}

std::vector<std::string> differences(const ManifestChange& change, FreeTexts texts) {
    std::vector<std::string> lines;
    for (const auto& each : changed_fields(change)) {
        lines.push_back(fmt::format("{}:{}", each.field->key, field_difference(each, texts)));
    }
    return lines;
}

std::string changes_line(const ManifestChange& change) {
    if (change.subject == Subject::edge && change.before.is_null() && change.after.is_object()) {
        return set_fields(change);  // there is no other edge: that it is new tells nothing
    }
    if (!change.before.is_object() || !change.after.is_object()) {
        return {};
    }
    return change.subject == Subject::cert_request ? request_changes(change.before, change.after)
                                                   : join(differences(change, FreeTexts::shortened), "; ");
}

}  // namespace xmppfed::core

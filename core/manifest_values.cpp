#include "core/manifest_values.hpp"

#include <fmt/format.h>

#include "core/rules.hpp"
#include "core/text.hpp"

namespace xmppfed::core::manifest_values {

namespace {

using Kind = PlacedJson::Kind;

Diagnostic wrong_kind(std::string_view key, std::string_view what, Kind wanted, const PlacedJson& value) {
    auto finding = problem(fmt::format("{} must be {}, not {}", what, name_of(wanted), name_of(value.kind)),
                           "leave the key out for its default", value.place);
    finding.field = key;
    return finding;
}

/// What JSON gives a field of that kind.
Kind wanted_kind(FieldKind kind) {
    switch (kind) {
    case FieldKind::domain:
    case FieldKind::text:
    case FieldKind::enumeration:
        return Kind::text;
    case FieldKind::domain_set:
        return Kind::array;
    case FieldKind::boolean:
        return Kind::boolean;
    case FieldKind::number:
        return Kind::integer;
    }
    return Kind::null;
}

}  // namespace

Diagnostic problem(std::string message, std::string hint, const Place& place) {
    auto finding = make_finding("manifest-invalid", {}, std::move(message), std::move(hint));
    finding.line = place.line;
    finding.column = place.column;
    return finding;
}

Items items_of(std::string_view key, FieldKind kind, std::span<const EnumValue> values, const PlacedJson& value) {
    Items items;
    const auto wanted = wanted_kind(kind);
    if (value.kind != wanted) {
        items.finding = wrong_kind(key, key, wanted, value);
    } else if (wanted == Kind::array) {
        for (const auto& element : value.elements) {
            if (element.kind != Kind::text) {
                items.finding = wrong_kind(key, fmt::format("an item of {}", key), Kind::text, element);
                break;
            }
            items.texts.push_back(element.text);
        }
    } else if (kind == FieldKind::enumeration && !find_value(values, value.text)) {
        const auto near = nearest_value(value.text, values);
        items.finding = problem(fmt::format("{} does not take {}: give {}", key, quote(value.text), list_of(values)),
                                near.empty() ? "`xmppfed partner new --help` tells what each value means"
                                             : fmt::format("did you mean `{}`?", near),
                                value.place);
        items.finding->field = key;
    } else {
        items.texts.push_back(value.text);
    }
    return items;
}

}  // namespace xmppfed::core::manifest_values

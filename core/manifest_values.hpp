#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/diagnostic.hpp"
#include "core/field.hpp"
#include "core/placed_json.hpp"

/// How a value of JSON becomes the value of a field. Only the readers of manifests use it.
namespace xmppfed::core::manifest_values {

/// A finding of `manifest-invalid`.
[[nodiscard]] Diagnostic problem(std::string message, std::string hint, const Place& place);

/// The texts that a field is read from, or what is wrong with the value: its kind, an item of its array, a word that is
/// no value of the enumeration.
struct Items {
    std::vector<std::string> texts;
    std::optional<Diagnostic> finding;
};
[[nodiscard]] Items items_of(std::string_view key, FieldKind kind, std::span<const EnumValue> values,
                             const PlacedJson& value);

/// Sets a field of `subject`. Null stands where the field is null by default.
template <class Subject>
[[nodiscard]] std::optional<Diagnostic> read(const Field<Subject>& field, const PlacedJson& value, Subject& subject) {
    const Subject untouched;
    if (value.kind == PlacedJson::Kind::null && field.write(untouched).is_null()) {
        return std::nullopt;
    }
    auto items = items_of(field.key, field.kind, field.values, value);
    if (!items.finding) {
        field.read(subject, items.texts);
    }
    return std::move(items.finding);
}

}  // namespace xmppfed::core::manifest_values

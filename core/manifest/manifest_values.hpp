#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/diagnostic.hpp"
#include "core/field/field.hpp"
#include "core/manifest/manifest.hpp"
#include "core/partner/partner.hpp"
#include "core/text/json/placed_json.hpp"

/// How a value of JSON becomes the value of a field. Only the readers of manifests use it.
namespace xmppfed::core::manifest_values {

/// A diagnostic of `manifest-invalid`.
[[nodiscard]] Diagnostic problem(std::string message, std::string hint, const Place& place);

/// Hands diagnostics on, each with the partner that is being read.
class Reporter {
  public:
    explicit Reporter(const ManifestSink& sink) : sink_{sink} {}

    void report(Diagnostics diagnostics);
    void refuse(std::string message, std::string hint, const Place& place) {
        report({problem(std::move(message), std::move(hint), place)});
    }

  protected:
    /// The partner that diagnostics are about from now on, as it is named; empty: none.
    void read_partner(std::string_view name);
    [[nodiscard]] const ManifestSink& sink() const { return sink_; }

  private:
    const ManifestSink& sink_;
    std::string partner_;
};

/// What a field takes.
struct Expected {
    std::string_view name;  ///< what the file calls the field
    FieldKind kind;
    std::span<const EnumValue> values;
    bool may_be_null;
};

/// The texts that a field is read from and their places, and what is wrong with the value: its kind, items of its array,
/// a word that is no value of the enumeration.
struct Items {
    std::vector<std::string> texts;
    std::vector<Place> places;
    Diagnostics diagnostics;
};
[[nodiscard]] Items items_of(const Expected& expected, const PlacedJson& value);

/// Whether nothing is wrong with a value that is one text, so that no items need be made of it.
[[nodiscard]] bool is_sound_text(const Expected& expected, const PlacedJson& value);

/// A diagnostic of `domain-invalid` on an optional domain that is "" and not null.
[[nodiscard]] Diagnostic empty_domain(std::string_view name, const Place& place);

/// The places of domains in the order that a set of them has.
[[nodiscard]] std::vector<Place> sorted(const Items& items);

/// A field of an object, by its index in the table, and its value.
template <class Subject>
struct Member {
    const Field<Subject>* field = nullptr;
    std::size_t index = 0;
    std::string_view name;  ///< what the file calls the field
    const PlacedJson& value;
};

/// Sets a field of `subject` and its places. Null stands where the field is null by default. Returns what is wrong.
template <class Subject>
[[nodiscard]] Diagnostics read(const Member<Subject>& member, Subject& subject, Places& places) {
    const auto& [field, index, name, value] = member;
    places.fields.at(index) = value.place;
    const bool may_be_null = field->is_null_by_default;
    if (value.kind == PlacedJson::Kind::null && may_be_null) {
        return {};
    }
    const Expected expected{name, field->kind, field->values, may_be_null};
    if (is_sound_text(expected, value)) {
        field->read(subject, std::span{&value.text, 1});
        return {};
    }
    auto items = items_of(expected, value);
    if (field->kind == FieldKind::domain && value.is_empty_text() && may_be_null) {
        items.diagnostics.push_back(empty_domain(name, value.place));  // only an option is cleared so
    }
    for (auto& diagnostic : items.diagnostics) {
        diagnostic.field = field->key;
        places.unreadable.set(index);
    }
    const bool is_several = is_plural(field->kind);
    if (items.diagnostics.empty() || (is_several && !items.texts.empty())) {
        field->read(subject, items.texts);
    }
    if (is_several && !items.texts.empty()) {
        places.items[index] = field->kind == FieldKind::domain_set ? sorted(items) : std::move(items.places);
    }
    return std::move(items.diagnostics);
}

}  // namespace xmppfed::core::manifest_values

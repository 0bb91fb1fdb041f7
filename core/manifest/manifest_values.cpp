#include "core/manifest/manifest_values.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/rule/rules.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core::manifest_values {

namespace {

using Kind = PlacedJson::Kind;

Diagnostic wrong_kind(std::string_view what, Kind wanted, std::string hint, const PlacedJson& value) {
    return problem(fmt::format("{} must be {}, not {}", what, name_of(wanted), name_of(value.kind)), std::move(hint),
                   value.place);
}

/// What to write instead of a value that was not understood. Never to leave it out: the default may trust less, or
/// more, than whoever gave a value meant.
std::string hint_for(const Expected& expected) {
    const auto* const or_null = expected.may_be_null ? ", or null for none" : "";
    switch (expected.kind) {
    case FieldKind::identity:
    case FieldKind::domain:
        return fmt::format("give a domain in quotes{}", or_null);
    case FieldKind::domain_set:
    case FieldKind::domain_list:
        return fmt::format("give domains in quotes between [ and ]{}", or_null);
    case FieldKind::choice_set:
        return fmt::format("give {}, in quotes between [ and ]", list_of(expected.values));
    case FieldKind::text:
        return fmt::format("give a text in quotes{}", or_null);
    case FieldKind::enumeration:
        return fmt::format("give {}, in quotes", list_of(expected.values));
    case FieldKind::boolean:
        return "give true or false, without quotes";
    case FieldKind::number:
        return fmt::format("give a number without a fraction and without quotes{}", or_null);
    }
    return {};
}

/// What JSON gives a field of that kind.
Kind wanted_kind(FieldKind kind) {
    switch (kind) {
    case FieldKind::identity:
    case FieldKind::domain:
    case FieldKind::text:
    case FieldKind::enumeration:
        return Kind::text;
    case FieldKind::domain_set:
    case FieldKind::domain_list:
    case FieldKind::choice_set:
        return Kind::array;
    case FieldKind::boolean:
        return Kind::boolean;
    case FieldKind::number:
        return Kind::integer;
    }
    return Kind::null;
}

/// A word that is none of the values.
Diagnostic unknown_value(const Expected& expected, const PlacedJson& value) {
    const auto near = nearest_value(value.text, expected.values);
    return problem(
        fmt::format("{} does not take {}: give {}", expected.name, quote(value.text), list_of(expected.values)),
        near.empty() ? "`xmppfed partner new --help` tells what each value means"
                     : fmt::format("did you mean `{}`?", near),
        value.place);
}

}  // namespace

Diagnostic problem(std::string message, std::string hint, const Place& place) {
    auto diagnostic = make_diagnostic(rule::manifest_invalid, {}, std::move(message), std::move(hint));
    diagnostic.line = place.line;
    diagnostic.column = place.column;
    return diagnostic;
}

void Reporter::report(Diagnostics diagnostics) {
    for (auto& diagnostic : diagnostics) {
        diagnostic.partner = partner_;
        sink_.diagnostic(std::move(diagnostic));
    }
}

void Reporter::read_partner(std::string_view name) {
    partner_ = name.empty() ? std::string{} : escape(canonical_or_as_is(name));
}

Diagnostic empty_domain(std::string_view name, const Place& place) {
    auto diagnostic = make_diagnostic(rule::domain_invalid, {}, fmt::format("{} is empty", name),
                                      "name a host, or write null for none");
    diagnostic.line = place.line;
    diagnostic.column = place.column;
    return diagnostic;
}

Items items_of(const Expected& expected, const PlacedJson& value) {
    const auto& [name, kind, values, may_be_null] = expected;
    Items items;
    const auto wanted = wanted_kind(kind);
    if (value.kind != wanted) {
        items.diagnostics.push_back(wrong_kind(name, wanted, hint_for(expected), value));
    } else if (wanted == Kind::array) {
        const bool is_choice = kind == FieldKind::choice_set;
        items.texts.reserve(value.elements.size());
        items.places.reserve(value.elements.size());
        for (const auto& element : value.elements) {
            if (is_choice && element.kind == Kind::text && !find_value(values, element.text)) {
                items.diagnostics.push_back(unknown_value(expected, element));
            } else if (element.kind == Kind::text) {
                items.texts.push_back(element.text);
                items.places.push_back(element.place);
            } else {
                items.diagnostics.push_back(wrong_kind(fmt::format("an item of {}", name), Kind::text,
                                                       is_choice ? hint_for(expected) : "give a domain in quotes",
                                                       element));
            }
        }
    } else if (kind == FieldKind::enumeration && !find_value(values, value.text)) {
        items.diagnostics.push_back(unknown_value(expected, value));
    } else {
        items.texts.push_back(value.text);
        items.places.push_back(value.place);
    }
    return items;
}

bool is_sound_text(const Expected& expected, const PlacedJson& value) {
    return value.kind == wanted_kind(expected.kind) && value.kind != Kind::array &&
           !(expected.kind == FieldKind::domain && value.text.empty()) &&
           (expected.kind != FieldKind::enumeration || find_value(expected.values, value.text));
}

std::vector<Place> sorted(const Items& items) {
    if (std::ranges::all_of(items.texts, is_canonical_domain) && std::ranges::is_sorted(items.texts)) {
        return items.places;  // as in what was exported
    }
    std::vector<std::pair<std::string, Place>> domains;
    for (std::size_t i = 0; i < items.texts.size(); ++i) {
        domains.emplace_back(canonical_or_as_is(items.texts[i]), items.places[i]);
    }
    std::ranges::stable_sort(domains, {}, [](const auto& domain) -> const std::string& { return domain.first; });
    std::vector<Place> places;
    std::ranges::transform(domains, std::back_inserter(places), [](const auto& domain) { return domain.second; });
    return places;
}

}  // namespace xmppfed::core::manifest_values

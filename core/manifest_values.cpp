#include "core/manifest_values.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/rules.hpp"
#include "core/text.hpp"

namespace xmppfed::core::manifest_values {

namespace {

using Kind = PlacedJson::Kind;

Diagnostic wrong_kind(std::string_view name, std::string_view what, Kind wanted, const PlacedJson& value) {
    const bool identifies = name == "primary_domain" || name == "Identity" || name == "Domain";
    return problem(fmt::format("{} must be {}, not {}", what, name_of(wanted), name_of(value.kind)),
                   identifies ? "it identifies the partner, and has no default" : "leave it out for its default",
                   value.place);
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

void Reporter::report(Diagnostics findings) {
    for (auto& finding : findings) {
        finding.partner = partner_;
        sink_.finding(std::move(finding));
    }
}

void Reporter::read_partner(std::string_view name) {
    partner_ = name.empty() ? std::string{} : escape(canonical_or_as_is(name));
}

Diagnostic empty_domain(std::string_view name, const Place& place) {
    auto finding =
        make_finding("domain-invalid", {}, fmt::format("{} is empty", name), "name a host, or write null for none");
    finding.line = place.line;
    finding.column = place.column;
    return finding;
}

Items items_of(std::string_view name, FieldKind kind, std::span<const EnumValue> values, const PlacedJson& value) {
    Items items;
    const auto wanted = wanted_kind(kind);
    if (value.kind != wanted) {
        items.findings.push_back(wrong_kind(name, name, wanted, value));
    } else if (wanted == Kind::array) {
        for (const auto& element : value.elements) {
            if (element.kind == Kind::text) {
                items.texts.push_back(element.text);
                items.places.push_back(element.place);
            } else {
                items.findings.push_back(wrong_kind(name, fmt::format("an item of {}", name), Kind::text, element));
                items.findings.back().hint = "name a domain, or leave the item out";
            }
        }
    } else if (kind == FieldKind::enumeration && !find_value(values, value.text)) {
        const auto near = nearest_value(value.text, values);
        items.findings.push_back(
            problem(fmt::format("{} does not take {}: give {}", name, quote(value.text), list_of(values)),
                    near.empty() ? "`xmppfed partner new --help` tells what each value means"
                                 : fmt::format("did you mean `{}`?", near),
                    value.place));
    } else {
        items.texts.push_back(value.text);
        items.places.push_back(value.place);
    }
    return items;
}

std::vector<Place> sorted(const Items& items) {
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

#include "core/manifest.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/partner_fields.hpp"
#include "core/text.hpp"

namespace xmppfed::core {

namespace {

/// The place of a field, or of one that belongs together with it: SASL is refused for the sake of TLS, and only one of
/// them may be named. Without any the place of the object.
template <class Subject>
Place place_of(std::string_view key, const Places& places, std::span<const Field<Subject>> fields) {
    const auto field = std::ranges::find(fields, key, &Field<Subject>::key);
    if (field == fields.end()) {
        return places.object;
    }
    const auto named = [&](const Field<Subject>& each) {
        return places.fields.at(static_cast<std::size_t>(&each - fields.data()));
    };
    if (const auto own = named(*field); own.line != 0) {
        return own;
    }
    const auto relative = std::ranges::find_if(
        fields, [&](const auto& each) { return each.group == field->group && named(each).line != 0; });
    return relative == fields.end() ? places.object : named(*relative);
}

template <class Subject>
void locate(Diagnostics& findings, const Places& places, std::span<const Field<Subject>> fields) {
    for (auto& finding : findings) {
        const auto place = place_of(std::string_view{finding.field}, places, fields);
        finding.line = place.line;
        finding.column = place.column;
    }
}

template <class Subject>
Json named_fields(const Subject& subject, std::span<const Field<Subject>> fields) {
    Json json = Json::object();
    for (const auto& field : fields) {
        json[std::string{field.key}] = field.write(subject);
    }
    return json;
}

void append(std::string& text, const Place& place) {
    text += place.line == 0 ? std::string{" "} : fmt::format("{}:{} ", place.line, place.column);
}

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Takes the text of one place off the front of `text`.
Place take_place(std::string_view& text) {
    const auto end = std::min(text.find(' '), text.size());
    const auto place = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto colon = place.find(':');
    return colon == std::string_view::npos
               ? Place{}
               : Place{number_in(place.substr(0, colon)), number_in(place.substr(colon + 1))};
}

}  // namespace

std::string to_text(const Places& places) {
    std::string text;
    append(text, places.object);
    for (const auto& place : places.fields) {
        append(text, place);
    }
    return text;
}

Places places_from_text(std::string_view text) {
    Places places;
    places.object = take_place(text);
    for (auto& place : places.fields) {
        place = take_place(text);
    }
    return places;
}

void locate_partner_findings(Diagnostics& findings, const Places& places) {
    locate(findings, places, partner_fields());
}

void locate_edge_findings(Diagnostics& findings, const Places& places) {
    locate(findings, places, edge_fields());
}

Json manifest_form(const Partner& partner) {
    return named_fields(partner, partner_fields());
}

Json manifest_form(const Edge& edge) {
    return named_fields(edge, edge_fields());
}

}  // namespace xmppfed::core

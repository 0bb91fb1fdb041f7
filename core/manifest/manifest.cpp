#include "core/manifest/manifest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/partner/partner_fields.hpp"
#include "core/rule/rule.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// The place of what a diagnostic is about: the item or the field, or a field that belongs together with it (SASL is refused
/// for the sake of TLS, and only one of them may be named). Without any the place of the object.
template <class Subject>
Place place_of(const Diagnostic& diagnostic, const Places& places, std::span<const Field<Subject>> fields) {
    const auto field = std::ranges::find(fields, std::string_view{diagnostic.field}, &Field<Subject>::key);
    if (field == fields.end()) {
        return places.object;
    }
    const auto index_of = [&](const Field<Subject>& each) { return static_cast<std::size_t>(&each - fields.data()); };
    const auto named = [&](const Field<Subject>& each) { return places.fields.at(index_of(each)); };
    const auto items = places.items.find(index_of(*field));
    if (diagnostic.item && items != places.items.end() && *diagnostic.item < items->second.size()) {
        return items->second[*diagnostic.item];
    }
    if (const auto own = named(*field); own.line != 0) {
        return own;
    }
    const auto relative = std::ranges::find_if(
        fields, [&](const auto& each) { return each.group == field->group && named(each).line != 0; });
    return relative == fields.end() ? places.object : named(*relative);
}

/// Whether a rule looked at a field whose value is the default because the one that was given could not be read. Of a
/// set the items that can be read are judged.
template <class Subject>
bool speaks_of_unreadable(const Diagnostic& diagnostic, const Places& places, std::span<const Field<Subject>> fields) {
    const auto reads = diagnostic.rule == nullptr ? std::string_view{} : diagnostic.rule->reads;
    const auto keys = split(reads.empty() ? std::string_view{diagnostic.field} : reads, ' ');
    return std::ranges::any_of(fields, [&](const auto& field) {
        return !is_plural(field.kind) && places.unreadable[static_cast<std::size_t>(&field - fields.data())] &&
               std::ranges::count(keys, field.key) > 0;
    });
}

template <class Subject>
void locate(Diagnostics& diagnostics, const Places& places, std::span<const Field<Subject>> fields) {
    std::erase_if(diagnostics,
                  [&](const auto& diagnostic) { return speaks_of_unreadable(diagnostic, places, fields); });
    for (auto& diagnostic : diagnostics) {
        const auto place = place_of(diagnostic, places, fields);
        diagnostic.line = place.line;
        diagnostic.column = place.column;
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

constexpr char items_mark = '#';

void append_number(std::string& text, std::int64_t number) {
    std::array<char, std::numeric_limits<std::int64_t>::digits10 + 2> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text.append(digits.data(), end);
}

/// Writes places, each with its line unless that is the one before.
class PlacesText {
  public:
    explicit PlacesText(std::string& text) : text_{text} {}

    void append(const Place& place) {
        if (place.line != 0) {
            if (place.line != line_) {
                append_number(text_, place.line);
                line_ = place.line;
            }
            text_ += ':';
            append_number(text_, place.column);
        }
        text_ += ' ';
    }

  private:
    std::string& text_;
    std::int64_t line_ = 0;
};

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Takes a word off the front of `text`.
std::string_view take_word(std::string_view& text) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

/// Reads places off the front of `text`.
class PlacesReader {
  public:
    explicit PlacesReader(std::string_view& text) : text_{text} {}

    Place take() {
        const auto place = take_word(text_);
        const auto colon = place.find(':');
        if (colon == std::string_view::npos) {
            return {};
        }
        if (colon > 0) {
            line_ = number_in(place.substr(0, colon));
        }
        return {line_, number_in(place.substr(colon + 1))};
    }

  private:
    std::string_view& text_;
    std::int64_t line_ = 0;
};

}  // namespace

std::string to_text(const Places& places) {
    constexpr std::size_t usual = 128;
    std::string text;
    text.reserve(usual);
    PlacesText written{text};
    written.append(places.object);
    for (const auto& place : places.fields) {
        written.append(place);
    }
    append_number(text, static_cast<std::int64_t>(places.unreadable.to_ulong()));
    text += ' ';
    for (const auto& [field, items] : places.items) {
        text += items_mark;
        append_number(text, static_cast<std::int64_t>(field));
        text += ' ';
        for (const auto& item : items) {
            written.append(item);
        }
    }
    return text;
}

Places places_from_text(std::string_view text) {
    Places places;
    PlacesReader written{text};
    places.object = written.take();
    for (auto& place : places.fields) {
        place = written.take();
    }
    places.unreadable = static_cast<unsigned long>(number_in(take_word(text)));
    while (text.starts_with(items_mark)) {
        auto& items = places.items[static_cast<std::size_t>(number_in(take_word(text).substr(1)))];
        while (!text.empty() && !text.starts_with(items_mark)) {
            items.push_back(written.take());
        }
    }
    return places;
}

void locate_partner_diagnostics(Diagnostics& diagnostics, const Places& places) {
    locate(diagnostics, places, partner_fields());
}

void locate_edge_diagnostics(Diagnostics& diagnostics, const Places& places) {
    locate(diagnostics, places, edge_fields());
}

void locate_gateway_diagnostics(Diagnostics& diagnostics, const Places& places) {
    locate(diagnostics, places, gateway_fields());
}

Json manifest_form(const Partner& partner) {
    return named_fields(partner, partner_fields());
}

Json manifest_form(const Edge& edge) {
    return named_fields(edge, edge_fields());
}

}  // namespace xmppfed::core

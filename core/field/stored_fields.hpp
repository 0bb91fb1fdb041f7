#pragma once

#include <functional>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/field/field.hpp"
#include "core/text/text.hpp"

/// How a subject is read from a text of the history. Only the subjects use it.
namespace xmppfed::core::stored_fields {

/// A JSON value as the items of an option: null clears.
[[nodiscard]] inline std::vector<std::string> items_of(const Json& value) {
    if (value.is_array()) {
        return value.get<std::vector<std::string>>();
    }
    if (value.is_null()) {
        return {""};
    }
    return {value.is_string() ? value.get<std::string>() : value.dump()};
}

/// Throws unless the field then has the very value that was written.
template <class Subject>
void read(Subject& subject, const Field<Subject>& field, const Json& value) {
    const bool fits = value.is_array() == is_plural(field.kind);
    if (fits) {
        field.read(subject, items_of(value));
    }
    if (field.write(subject) != value) {
        throw Error{ErrorKind::failed, fmt::format("its {} is {}", field.key, value.dump())};
    }
}

/// The subject in a text; a key that is not there has its default. `prepare` may take keys off the object that it reads
/// itself. Throws failed when the text is not what was written.
template <class Subject>
[[nodiscard]] Subject subject_from_text(
    const std::string& text, std::span<const Field<Subject>> fields,
    const std::function<void(Json& object, Subject& subject)>& prepare = [](Json&, Subject&) {}) {
    try {
        auto json = Json::parse(text);
        if (!json.is_object()) {
            throw Error{ErrorKind::failed, "it is no object"};
        }
        Subject subject;
        prepare(json, subject);
        for (const auto& field : fields) {
            if (const auto value = json.find(field.key); value != json.end()) {
                read(subject, field, *value);
            }
        }
        return subject;
    } catch (const Json::exception& exception) {
        throw damaged_entry(escape(exception.what()));
    } catch (const Error& error) {
        throw damaged_entry(escape(error.message));
    }
}

}  // namespace xmppfed::core::stored_fields

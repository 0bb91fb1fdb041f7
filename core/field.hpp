#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/enumeration.hpp"
#include "core/text/json.hpp"

namespace xmppfed::core {

/// How a field's text is read, which also tells forms and completion what may stand there.
enum class FieldKind { domain, domain_set, text, enumeration, boolean, number };

/// One field of a subject (a partner, the edge, a request). Options, JSON, help, forms, completion and views all read
/// the one table of a subject, so that a new field is one new row.
template <class Subject>
struct Field {
    std::string_view key;         ///< JSON key, CSV heading and column of the store
    std::string_view option;      ///< long option without its dashes
    std::string_view value_name;  ///< what help shows for its value
    std::string_view label;       ///< heading on a page, lower case inside a sentence
    std::string_view group;       ///< page of the form, heading in help
    std::string_view meaning;     ///< one line of help
    FieldKind kind = FieldKind::text;
    std::span<const EnumValue> values;  ///< of an enumeration

    /// Sets the field from the text of an option, an answer or a manifest; a set has any number of items, everything
    /// else exactly one. Throws a usage `Error` for a text that names no value at all; a value that a rule refuses is
    /// taken as it is, and left to the rule.
    void (*read)(Subject& subject, std::span<const std::string> items);

    /// The field's JSON value; null when it is not set.
    Json (*write)(const Subject& subject);
};

/// A field and the items that a user gave it.
template <class Subject>
struct Assignment {
    const Field<Subject>* field;
    std::vector<std::string> items;

    bool operator==(const Assignment&) const = default;
};

/// A value of a field as one line of text: null is empty, a set is joined by `separator`.
[[nodiscard]] std::string plain_text(const Json& value, std::string_view separator);

/// Reading a text that must be one of `values`, "true" or "false", or a whole number without sign games: throws a usage
/// error that names `option` and, for a word, the nearest right one. A number beyond the range of the type becomes its
/// limit.
[[nodiscard]] std::size_t read_value(std::string_view option, std::span<const EnumValue> values, std::string_view text);
[[nodiscard]] bool read_boolean(std::string_view option, std::string_view text);
[[nodiscard]] std::int64_t read_number(std::string_view option, std::string_view text);

/// The values that `read_boolean` knows.
[[nodiscard]] std::span<const EnumValue> boolean_values();

/// The canonical form of a domain, or the text itself when it has none.
[[nodiscard]] std::string canonical_or_as_is(std::string_view text);

/// The same for each of them, in the order given or sorted by bytes.
[[nodiscard]] std::vector<std::string> read_domain_list(std::span<const std::string> items);
[[nodiscard]] std::vector<std::string> read_domain_set(std::span<const std::string> items);

}  // namespace xmppfed::core

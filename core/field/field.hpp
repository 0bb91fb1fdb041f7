#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/field/enumeration.hpp"
#include "core/text/json/json.hpp"
#include "core/text/json/object_text.hpp"

namespace xmppfed::core {

/// What a field holds, which also tells how its text is read, and forms and completion what may stand there.
enum class FieldKind {
    identity,     ///< the domain that the subject is known by: never empty
    domain,       ///< at most one
    domain_set,   ///< sorted by bytes
    domain_list,  ///< in the order that a user gave them, which means something
    text,
    choice_set,  ///< any of `values`, sorted by bytes
    enumeration,
    boolean,
    number,  ///< from `least_number` to `largest_number`
};

/// What a number of a field must be: unsigned 32 bits and not 0, as in the vendor's cmdlets. That is a rule's to find.
inline constexpr std::int64_t least_number = 1;
inline constexpr std::int64_t largest_number = 4294967295;

[[nodiscard]] constexpr bool is_in_range(std::int64_t number) {
    return number >= least_number && number <= largest_number;
}

/// Whether a field of that kind has any number of items: an array in JSON, a repeatable option.
[[nodiscard]] constexpr bool is_plural(FieldKind kind) {
    return kind == FieldKind::domain_set || kind == FieldKind::domain_list || kind == FieldKind::choice_set;
}

/// The parts of a field that its row in the table of its subject names.
struct FieldParts {
    std::string_view key;         ///< JSON key, CSV heading and column of the store
    std::string_view option;      ///< long option without its dashes
    std::string_view value_name;  ///< what help shows for its value
    std::string_view label;       ///< heading on a page, lower case inside a sentence
    std::string_view group;       ///< page of the form, heading in help
    std::string_view meaning;     ///< one line of help

    std::span<const EnumValue> values = {};  ///< of a choice set, and of what has them by its type

    bool null_when_empty = false;                             ///< a text that is empty is not set: null in JSON
    std::string (*spelled)(std::string_view text) = nullptr;  ///< how a text is kept, if not as it was given
};

/// What can be told of a field without knowing its subject.
struct FieldDescription : FieldParts {
    FieldKind kind = FieldKind::text;
    bool is_null_by_default = false;  ///< in JSON
};

/// The most that a table of fields has: a set of them, and their places in a manifest, have room for no more.
inline constexpr std::size_t most_fields = 16;

/// One field of a subject (a partner, the edge, a request). Options, JSON, help, forms, completion and views all read
/// the one table of a subject, so that a new field is one new row; `core/field/field_row.hpp` makes it.
template <class Subject>
struct Field : FieldDescription {
    using Items = std::span<const std::string>;

    /// Sets the field from the text of an option, an answer or a manifest; a plural one has any number of items,
    /// everything else exactly one. Throws a usage `Error` for a text that names no value at all; a value that a rule
    /// refuses is taken as it is, and left to the rule.
    void read(Subject& subject, Items items) const { reader(*this, items, subject); }

    /// The field's JSON value; null when it is not set. (`auto`, for Json is not complete here.)
    [[nodiscard]] auto write(const Subject& subject) const { return writer(*this, subject); }

    /// Appends the member that the object has by `write`.
    void append(ObjectText& object, const Subject& subject) const { appender(*this, subject, object); }

    /// Whether reading what is written is sure to give the same value again; where it is not, that takes a closer look.
    [[nodiscard]] bool surely_reads_back(const Subject& subject) const { return returner(*this, subject); }

    void (*reader)(const FieldDescription& field, Items items, Subject& subject) = nullptr;
    Json (*writer)(const FieldDescription& field, const Subject& subject) = nullptr;
    void (*appender)(const FieldDescription& field, const Subject& subject, ObjectText& object) = nullptr;
    bool (*returner)(const FieldDescription& field, const Subject& subject) = nullptr;
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

/// The same for the number of something that is on record. One beyond the range of the type is nobody's, and throws
/// not-found: "there is no WHAT N", with the hint.
[[nodiscard]] std::int64_t read_record_number(std::string_view option, std::string_view text, std::string_view what,
                                              std::string_view hint);

/// Several of `values`, sorted by bytes, each once.
[[nodiscard]] std::vector<std::string> read_choices(std::string_view option, std::span<const EnumValue> values,
                                                    std::span<const std::string> items);

/// The values that `read_boolean` knows.
[[nodiscard]] std::span<const EnumValue> boolean_values();

/// The canonical form of a domain, or the text itself when it has none.
[[nodiscard]] std::string canonical_or_as_is(std::string_view text);

/// The same for each of them, in the order given or sorted by bytes.
[[nodiscard]] std::vector<std::string> read_domain_list(std::span<const std::string> items);
[[nodiscard]] std::vector<std::string> read_domain_set(std::span<const std::string> items);

}  // namespace xmppfed::core

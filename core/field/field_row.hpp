#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/field/field.hpp"
#include "core/field/member_path.hpp"

/// How a row of a field table is made from the member of the subject that holds the value. Only the tables use it.
namespace xmppfed::core::field_row {

using Items = std::span<const std::string>;
using Domains = std::vector<std::string>;

/// Reading and writing by the type of the value; `Field::read` and `Field::write` say what they do.
void read(const FieldDescription& field, Items items, std::string& value);
void read(const FieldDescription& field, Items items, std::optional<std::string>& value);
void read(const FieldDescription& field, Items items, Domains& value);
void read(const FieldDescription& field, Items items, std::optional<Domains>& value);
void read(const FieldDescription& field, Items items, bool& value);
void read(const FieldDescription& field, Items items, std::int64_t& value);
void read(const FieldDescription& field, Items items, std::optional<std::int64_t>& value);
[[nodiscard]] std::size_t read_index(const FieldDescription& field, Items items);

template <class Value>
requires std::is_enum_v<Value>
void read(const FieldDescription& field, Items items, Value& value) {
    value = static_cast<Value>(read_index(field, items));
}

/// Whether a value is null in JSON.
template <class Value>
[[nodiscard]] bool is_null(const FieldDescription& field, const Value& value) {
    if constexpr (requires { value.has_value(); }) {
        return !value.has_value();
    } else if constexpr (std::same_as<Value, std::string>) {
        return field.null_when_empty && value.empty();
    } else {
        return false;
    }
}

template <class Value>
[[nodiscard]] Json written(const FieldDescription& field, const Value& value) {
    if (is_null(field, value)) {
        return {};
    }
    if constexpr (std::is_enum_v<Value>) {
        return name_of(value);
    } else if constexpr (requires { value.has_value(); }) {
        return *value;
    } else {
        return value;
    }
}

/// Like `written`, into the text of an object.
template <class Value>
void append(const FieldDescription& field, const Value& value, ObjectText& object) {
    if (is_null(field, value)) {
        object.null(field.key);
        return;
    }
    if constexpr (std::is_enum_v<Value>) {
        object.member(field.key, name_of(value));
    } else if constexpr (requires { value.has_value(); }) {
        object.member(field.key, *value);
    } else {
        object.member(field.key, value);
    }
}

/// Whether a value comes back when what is written of it is read; `Field::surely_reads_back` says what that means.
[[nodiscard]] bool surely_reads_back(const FieldDescription& field, const std::string& value);
[[nodiscard]] bool surely_reads_back(const FieldDescription& field, const std::optional<std::string>& value);
[[nodiscard]] bool surely_reads_back(const FieldDescription& field, const Domains& value);
[[nodiscard]] bool surely_reads_back(const FieldDescription& field, const std::optional<Domains>& value);

/// Numbers, truths and enumerators all do.
template <class Value>
[[nodiscard]] bool surely_reads_back(const FieldDescription& /*field*/, const Value& /*value*/) {
    return true;
}

/// The values that a text may name.
template <class Value>
[[nodiscard]] std::span<const EnumValue> values_for() {
    if constexpr (std::is_enum_v<Value>) {
        return values_of<Value>();
    } else if constexpr (std::same_as<Value, bool>) {
        return boolean_values();
    } else {
        return {};
    }
}

/// Whether a member of that type can hold a field of that kind.
template <class Value>
[[nodiscard]] constexpr bool fits(FieldKind kind) {
    switch (kind) {
    case FieldKind::identity:
        return std::same_as<Value, std::string>;
    case FieldKind::domain:
    case FieldKind::text:
        return std::same_as<Value, std::string> || std::same_as<Value, std::optional<std::string>>;
    case FieldKind::choice_set:
        return std::same_as<Value, std::vector<std::string>>;
    case FieldKind::domain_set:
    case FieldKind::domain_list:
        return std::same_as<Value, Domains> || std::same_as<Value, std::optional<Domains>>;
    case FieldKind::enumeration:
        return std::is_enum_v<Value>;
    case FieldKind::boolean:
        return std::same_as<Value, bool>;
    case FieldKind::number:
        return std::same_as<Value, std::int64_t> || std::same_as<Value, std::optional<std::int64_t>>;
    }
    return false;
}

template <class Whole, class Part>
Whole whole_of(Part Whole::*);

template <auto first, auto... /*rest*/>
inline constexpr auto first_of = first;

/// A field whose value is the member that `path` leads to: `&Partner::keepalive`, or, for a member of a member,
/// `&Partner::negotiation, &Negotiation::tls`. A kind that does not fit the member's type does not compile.
template <FieldKind kind, auto... path>
[[nodiscard]] auto field(const FieldParts& parts) {
    using Subject = decltype(whole_of(first_of<path...>));
    using Value = std::remove_cvref_t<decltype(member<path...>(std::declval<Subject&>()))>;
    static_assert(fits<Value>(kind), "a member of that type holds no field of that kind");
    Field<Subject> result;
    static_cast<FieldParts&>(result) = parts;
    result.kind = kind;
    if constexpr (kind != FieldKind::choice_set) {
        result.values = values_for<Value>();
    }
    const Subject defaults{};
    result.is_null_by_default = is_null(result, member<path...>(defaults));
    result.reader = [](const FieldDescription& field, Items items, Subject& subject) {
        read(field, items, member<path...>(subject));
    };
    result.writer = [](const FieldDescription& field, const Subject& subject) {
        return written<Value>(field, member<path...>(subject));
    };
    result.appender = [](const FieldDescription& field, const Subject& subject, ObjectText& object) {
        append<Value>(field, member<path...>(subject), object);
    };
    result.returner = [](const FieldDescription& field, const Subject& subject) {
        return surely_reads_back(field, member<path...>(subject));
    };
    return result;
}

}  // namespace xmppfed::core::field_row

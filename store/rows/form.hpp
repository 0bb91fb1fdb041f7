#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/field/enumeration.hpp"
#include "core/text/text.hpp"
#include "store/rows/value.hpp"

namespace xmppfed::store {

/// How values of a type are kept: `put` makes the value of a column, `take` makes one of what is there again. None reads
/// as an empty text or 0 where the schema forbids it: what breaks a constraint is found by a check, not here. `name` is
/// that of the column, for what cannot be read.
template <class T>
struct Form;

template <>
struct Form<std::string> {
    static constexpr auto kind = Kind::text;
    static constexpr bool is_optional = false;
    static Value put(const std::string& text) { return Value::borrowed(text); }
    static std::string take(const Cell& cell, std::string_view /*name*/) { return std::string{cell.text()}; }
};

/// Truth is 1.
template <std::integral T>
struct Form<T> {
    static constexpr auto kind = Kind::integer;
    static constexpr bool is_optional = false;
    static Value put(T number) { return Value{static_cast<std::int64_t>(number)}; }
    static T take(const Cell& cell, std::string_view /*name*/) { return static_cast<T>(cell.integer()); }
};

/// By name.
template <class E>
requires std::is_enum_v<E>
struct Form<E> {
    static constexpr auto kind = Kind::text;
    static constexpr bool is_optional = false;
    static Value put(E value) { return Value{std::string{core::name_of(value)}}; }
    static E take(const Cell& cell, std::string_view name) {
        const auto parsed = core::parse_enum<E>(cell.text());
        if (!parsed) {
            throw core::damaged_store(fmt::format("{} is no value of {}", core::quote(cell.text()), name));
        }
        return *parsed;
    }
};

template <class T>
struct Form<std::optional<T>> {
    static constexpr auto kind = Form<T>::kind;
    static constexpr bool is_optional = true;
    static Value put(const std::optional<T>& value) { return value ? Form<T>::put(*value) : Value{}; }
    static std::optional<T> take(const Cell& cell, std::string_view name) {
        return cell.is_none() ? std::nullopt : std::optional{Form<T>::take(cell, name)};
    }
};

/// A text of which the empty one is none.
struct UnlessEmpty {
    static constexpr auto kind = Kind::text;
    static constexpr bool is_optional = true;
    static Value put(const std::string& text) { return text.empty() ? Value{} : Value::borrowed(text); }
    static std::string take(const Cell& cell, std::string_view /*name*/) { return std::string{cell.text()}; }
};

/// Whether an optional value is there; what it holds is kept elsewhere.
template <class T>
struct IsThere {
    static constexpr auto kind = Kind::integer;
    static constexpr bool is_optional = false;
    static Value put(const std::optional<T>& value) { return Form<bool>::put(value.has_value()); }
    static std::optional<T> take(const Cell& cell, std::string_view name) {
        return Form<bool>::take(cell, name) ? std::optional<T>{std::in_place} : std::nullopt;
    }
};

}  // namespace xmppfed::store

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace xmppfed::core {

/// One value of an enumeration: the form in which it is always written, and what it means.
struct EnumValue {
    std::string_view name;
    std::string_view meaning;
};

/// Describes enumeration E: `values` in the order of its enumerators. Specialised beside each enumeration.
template <class E>
std::span<const EnumValue> values_of();

/// The form that enumeration values are compared in: ASCII lower case, without blanks, hyphens and underscores.
[[nodiscard]] std::string folded(std::string_view text);

/// The index of the value that `text` names, in any of the forms that are read.
[[nodiscard]] std::optional<std::size_t> find_value(std::span<const EnumValue> values, std::string_view text);

template <class E>
[[nodiscard]] std::string_view name_of(E value) {
    return values_of<E>()[static_cast<std::size_t>(value)].name;
}

template <class E>
[[nodiscard]] std::optional<E> parse_enum(std::string_view text) {
    const auto index = find_value(values_of<E>(), text);
    return index ? std::optional{static_cast<E>(*index)} : std::nullopt;
}

/// The candidate that a word of three letters or more begins, if it is plain which; else the one nearest to a mistyped
/// word: at most a third of its letters may differ (insertion, deletion, substitution or a swap of neighbours). "" when
/// there is none. Candidates are in lower case; the word need not be.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// `nearest` among the names of an enumeration, in the form that they are compared in.
[[nodiscard]] std::string_view nearest_value(std::string_view word, std::span<const EnumValue> values);

/// "a, b or c": the names of an enumeration for a message.
[[nodiscard]] std::string list_of(std::span<const EnumValue> values);

}  // namespace xmppfed::core

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace xmppfed::store {

/// What a column holds where it holds something.
enum class Kind { text, integer };

/// A value of a column: a text, an integer, or none. A borrowed text must outlive it.
class Value {
  public:
    Value() = default;
    explicit Value(std::int64_t integer) : value_{integer} {}
    explicit Value(std::string text) : value_{std::move(text)} {}
    [[nodiscard]] static Value borrowed(const std::string& text) {
        Value value;
        value.value_ = &text;
        return value;
    }

    [[nodiscard]] bool is_none() const { return std::holds_alternative<std::monostate>(value_); }

    /// The integer, or null when it is none.
    [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }

    /// The text, or null when it is none.
    [[nodiscard]] const std::string* text() const {
        const auto* const* borrowed = std::get_if<const std::string*>(&value_);
        return borrowed != nullptr ? *borrowed : std::get_if<std::string>(&value_);
    }

  private:
    std::variant<std::monostate, std::int64_t, const std::string*, std::string> value_;
};

/// A value as it stands in a row, or in a `Value`: no copy is made of its text, which must outlive it.
class Cell {
  public:
    Cell() = default;
    explicit Cell(std::int64_t integer) : value_{integer} {}
    explicit Cell(std::string_view text) : value_{text} {}
    Cell(const Value& value) {  // NOLINT(google-explicit-constructor): another look at the same
        if (const auto* const text = value.text()) {
            value_ = std::string_view{*text};
        } else if (const auto* const integer = value.integer()) {
            value_ = *integer;
        }
    }

    [[nodiscard]] bool is_none() const { return std::holds_alternative<std::monostate>(value_); }

    /// 0 when it is none.
    [[nodiscard]] std::int64_t integer() const {
        const auto* const integer = std::get_if<std::int64_t>(&value_);
        return integer != nullptr ? *integer : 0;
    }

    /// Empty when it is none.
    [[nodiscard]] std::string_view text() const {
        const auto* const text = std::get_if<std::string_view>(&value_);
        return text != nullptr ? *text : std::string_view{};
    }

  private:
    std::variant<std::monostate, std::int64_t, std::string_view> value_;
};

}  // namespace xmppfed::store

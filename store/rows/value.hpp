#pragma once

#include <cstdint>
#include <string>
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

    /// The text, or an empty one; it is moved where it is the value's own.
    [[nodiscard]] std::string take_text() && {
        if (auto* const own = std::get_if<std::string>(&value_)) {
            return std::move(*own);
        }
        const auto* const found = text();
        return found != nullptr ? *found : std::string{};
    }

  private:
    std::variant<std::monostate, std::int64_t, const std::string*, std::string> value_;
};

}  // namespace xmppfed::store

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace xmppfed::core {

/// Markup that stands in this program's own source: the compiler refuses any other text.
struct Markup {
    // NOLINTNEXTLINE(google-explicit-constructor): a literal is one
    consteval Markup(const char* literal) : text{literal} {}
    std::string_view text;
};

/// A piece of HTML. What is no literal of this program gets in by the functions below alone, which escape it, so that
/// no stored text can become an element.
class Html {
  public:
    Html() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): so that literals and pieces are joined by +
    Html(const Markup& markup) : text_{markup.text} {}

    /// Text for people. Characters that could lead a reader astray are written visibly; ends of lines stay.
    [[nodiscard]] static Html text(std::string_view text);

    /// Text in which `…` marks what is typed.
    [[nodiscard]] static Html prose(std::string_view text);

    /// With a comma before each three digits.
    [[nodiscard]] static Html number(std::int64_t number);

    /// A share of the whole, from 0 to 1, as a percentage for coordinates: 37.5%.
    [[nodiscard]] static Html percent(double share);

    [[nodiscard]] const std::string& markup() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

    Html& operator+=(const Html& more) {
        text_ += more.text_;
        return *this;
    }
    Html& operator+=(Markup more) {
        text_ += more.text;
        return *this;
    }
    friend Html operator+(Html one, const Html& other) {
        one += other;
        return one;
    }
    friend Html operator+(Html one, Markup other) {
        one.text_ += other.text;
        return one;
    }
    friend Html operator+(Markup one, const Html& other) { return Html{one} + other; }

  private:
    std::string text_;
};

/// A domain for people: U-labels, and the A-labels that are typed beside them where they differ.
[[nodiscard]] Html domain_html(std::string_view domain);

/// A time as the store writes it; to the day, or to the minute.
[[nodiscard]] Html day_html(std::string_view timestamp);
[[nodiscard]] Html minute_html(std::string_view timestamp);

}  // namespace xmppfed::core

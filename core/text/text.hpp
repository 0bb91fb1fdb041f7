#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace xmppfed::core {

/// What editors on Windows put before a text in UTF-8.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// One Unicode scalar value of a text, or one byte that is not UTF-8.
struct Character {
    std::string_view bytes;  ///< points into the text
    char32_t scalar = 0;     ///< the byte itself when `valid` is false
    bool valid = true;
};

/// Walks a text character by character, without copying it. `text` must outlive the range.
class Characters {
  public:
    class Iterator {
      public:
        using value_type = Character;
        using difference_type = std::ptrdiff_t;
        explicit Iterator(std::string_view rest) : rest_{rest} { read(); }
        const Character& operator*() const { return current_; }
        const Character* operator->() const { return &current_; }
        Iterator& operator++() {
            rest_.remove_prefix(current_.bytes.size());
            read();
            return *this;
        }
        bool operator==(const Iterator& other) const { return rest_.size() == other.rest_.size(); }

      private:
        /// Most characters are ASCII, and need no library to be told apart.
        void read() {
            if (!rest_.empty() && (static_cast<unsigned char>(rest_.front()) & 0x80U) == 0) {
                current_ = {rest_.substr(0, 1), static_cast<unsigned char>(rest_.front()), true};
            } else {
                read_beyond_ascii();
            }
        }
        void read_beyond_ascii();
        std::string_view rest_;
        Character current_;
    };

    explicit Characters(std::string_view text) : text_{text} {}
    [[nodiscard]] Iterator begin() const { return Iterator{text_}; }
    [[nodiscard]] Iterator end() const { return Iterator{text_.substr(text_.size())}; }

  private:
    std::string_view text_;
};

[[nodiscard]] inline Characters characters(std::string_view text) {
    return Characters{text};
}

/// The scalar values of the characters.
[[nodiscard]] std::u32string scalars(std::string_view text);

/// True for what must not reach a terminal: control characters (C0, DEL, C1), bidirectional controls, U+2028 and
/// U+2029, and bytes that are not UTF-8.
[[nodiscard]] bool is_unsafe(const Character& character);

/// Whether no character of the text is unsafe.
[[nodiscard]] bool is_safe(std::string_view text);

/// The number of characters.
[[nodiscard]] std::size_t length(std::string_view text);

/// Whether the text keeps to printable ASCII, which nothing else here needs to look at twice.
[[nodiscard]] bool is_plain_ascii(std::string_view text);

/// Whether the text keeps to that, and JSON writes all of it as it is: there is no quote and no backslash.
[[nodiscard]] bool is_plain_json(std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);

/// The text with every unsafe character written visibly: \n, \t, \r, \x1b for a byte, \u{202e} for a character.
[[nodiscard]] std::string escape(std::string_view text);

/// What text is written for: a file or another program, or a terminal, which must not see what is unsafe.
enum class Medium { file, terminal };

/// Lines in a form that has no escapes of its own: as they are, or for a terminal each escaped, with plain newlines.
[[nodiscard]] std::string lines_for(Medium medium, std::string_view lines);

/// `escape` in single quotes, shortened when it is very long: for a message that repeats what somebody typed.
[[nodiscard]] std::string quote(std::string_view text);

/// Columns that the text takes on a terminal; East Asian wide characters take two, combining ones none.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text cut to at most `width` columns, its last one an ellipsis when something was cut off.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t width);

/// What is wrong with a free text (a description, the reason of a commit), or "" when nothing is: it must be UTF-8 with
/// at most 1,024 Unicode scalar values, newline and tab the only control characters, no bidirectional controls, no
/// U+2028 and no U+2029. The answer continues a sentence that begins with the field's name.
[[nodiscard]] std::string free_text_problem(std::string_view text);

/// ASCII letters in lower case; everything else as it is, whatever the locale.
[[nodiscard]] std::string ascii_lower(std::string_view text);

/// The same in upper case.
[[nodiscard]] std::string ascii_upper(std::string_view text);

/// Letters of every script in lower case and in NFC, whatever the locale; text that is not UTF-8 as it is.
[[nodiscard]] std::string lower_case(std::string_view text);

/// The parts between the commas, empty ones included; one empty part for an empty text.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);

/// The text without the blanks at its ends.
[[nodiscard]] std::string trimmed(std::string_view text, std::string_view blanks = " \t");

[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// "a, b, c and 7 more": the first ten.
[[nodiscard]] std::string shortened_list(std::vector<std::string> values);

/// "1 partner", "2 partners": for the regular plurals of messages.
[[nodiscard]] std::string counted(std::size_t number, std::string_view noun);

}  // namespace xmppfed::core

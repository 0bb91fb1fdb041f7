#pragma once

#include <cstdint>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>

namespace xmppfed::core {

/// A place in a file, counted from 1, columns in Unicode scalar values. Line 0 is nowhere.
struct Place {
    std::int64_t line = 0;
    std::int64_t column = 0;

    bool operator==(const Place&) const = default;
};

/// How a text is encoded, as its beginning shows.
enum class Encoding { utf8, utf16_le, utf16_be, utf16_unmarked, utf32 };

[[nodiscard]] constexpr bool is_marked_utf16(Encoding encoding) {
    return encoding == Encoding::utf16_le || encoding == Encoding::utf16_be;
}

/// "UTF-16", "UTF-16 without a byte order mark": for messages.
[[nodiscard]] std::string_view name_of(Encoding encoding);

/// JSON text that arrives piece by piece, read by nlohmann's SAX parser through `begin` and `end`. The parser knows no
/// lines; this does. A byte order mark of UTF-8 at the beginning is skipped (RFC 8259, section 8.1).
class JsonSource {
  public:
    /// Gives the next piece; an empty one is the end. The piece must live until the next call.
    using Pull = std::function<std::string_view()>;

    explicit JsonSource(Pull pull);

    /// What the parser advances. Copies share the source.
    class Iterator {
      public:
        using iterator_category = std::input_iterator_tag;
        using value_type = char;
        using difference_type = std::ptrdiff_t;
        using pointer = const char*;
        using reference = char;

        Iterator() = default;
        explicit Iterator(JsonSource& source) : source_{&source} {}

        char operator*() const { return source_->rest_.front(); }
        Iterator& operator++() {
            source_->take();
            return *this;
        }
        /// Iterators differ in whether they are at the end, and in nothing else.
        bool operator==(const Iterator& other) const { return is_at_end() == other.is_at_end(); }

      private:
        [[nodiscard]] bool is_at_end() const {
            return source_ == nullptr || source_->rest_.empty() ||
                   (source_->keeps_to_line_ && source_->rest_.front() == '\n');
        }

        JsonSource* source_ = nullptr;
    };

    [[nodiscard]] Iterator begin() { return Iterator{*this}; }
    [[nodiscard]] Iterator end() { return Iterator{}; }

    /// Skips white space. Returns whether anything follows.
    bool skip_blanks();

    /// Whether the parser takes the end of the line for the end of the text.
    void keep_to_line(bool keep) { keeps_to_line_ = keep; }

    /// Leaves the rest of the line alone, whatever it is.
    void skip_line();

    /// Where the token that was read last begins. `token` is for strings, literals and punctuation; a number is only
    /// known to end by the character after it, so that it has a place of its own.
    [[nodiscard]] Place token() const { return token_; }
    [[nodiscard]] Place number() const { return last_is_punctuation_ ? token_before_ : token_; }

    /// The character that was read last, and the one that comes next.
    [[nodiscard]] Place last() const { return last_; }
    [[nodiscard]] Place next() const { return next_; }

    /// What has arrived and is not read yet, as far as it is in one piece.
    [[nodiscard]] std::string_view at_hand() const { return rest_; }

    /// Takes what is at hand up to the end of an object, which is in one line of ASCII.
    void take_plain(std::size_t size);

    /// Whether a byte order mark may come next. No value of JSON begins with its first octet.
    [[nodiscard]] bool is_at_mark() const { return rest_.starts_with('\xEF'); }

    /// What the text begins as. RFC 8259 wants UTF-8; whether another one is read is up to the caller.
    [[nodiscard]] Encoding encoding() const { return encoding_; }

    /// Reads the text as UTF-16, behind its byte order mark: it is UTF-8 from then on. To be called before anything is
    /// read. Precondition: it has a mark.
    void decode_utf16();

  private:
    void refill();
    void take();
    void note_token(char c);

    Pull pull_;
    std::string head_;  ///< the beginning, looked at for the encoding
    std::string_view rest_;
    Place next_{1, 1};
    Place last_{1, 1};
    Place token_{1, 1};
    Place token_before_{1, 1};
    bool in_string_ = false;
    bool escaped_ = false;
    bool in_word_ = false;  ///< inside a number or a literal
    bool last_is_punctuation_ = false;
    Encoding encoding_ = Encoding::utf8;
    bool keeps_to_line_ = false;
};

}  // namespace xmppfed::core

#include "core/text/json/json_source.hpp"

#include <array>
#include <bit>
#include <utility>

#include "core/text/text.hpp"
#include "core/text/utf16.hpp"

namespace xmppfed::core {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t longest_mark = 4;
constexpr std::size_t utf16_mark_size = 2;

/// A mark of UTF-32 may begin as one of UTF-16 does. Without a mark, a text of ASCII has a zero octet in each unit.
Encoding encoding_of(std::string_view head) {
    if (head.starts_with("\xFF\xFE\0\0"sv) || head.starts_with("\0\0\xFE\xFF"sv)) {
        return Encoding::utf32;
    }
    if (head.starts_with("\xFF\xFE"sv)) {
        return Encoding::utf16_le;
    }
    if (head.starts_with("\xFE\xFF"sv)) {
        return Encoding::utf16_be;
    }
    return head.substr(0, utf16_mark_size).find('\0') == std::string_view::npos ? Encoding::utf8
                                                                                : Encoding::utf16_unmarked;
}

bool is_blank(char c) {
    return " \t\r\n"sv.find(c) != std::string_view::npos;
}

bool is_punctuation(char c) {
    return "{}[],:"sv.find(c) != std::string_view::npos;
}

/// Whether the octet continues a character of UTF-8.
bool continues(char c) {
    constexpr unsigned mask = 0xC0;
    constexpr unsigned continuation = 0x80;
    return (static_cast<unsigned char>(c) & mask) == continuation;
}

}  // namespace

std::string_view name_of(Encoding encoding) {
    constexpr std::array names{"UTF-8"sv, "UTF-16"sv, "UTF-16"sv, "UTF-16 without a byte order mark"sv, "UTF-32"sv};
    return names.at(static_cast<std::size_t>(encoding));
}

JsonSource::JsonSource(Pull pull) : pull_{std::move(pull)} {
    while (head_.size() < longest_mark) {
        const auto piece = pull_();
        if (piece.empty()) {
            break;
        }
        head_ += piece;
    }
    rest_ = head_;
    encoding_ = encoding_of(rest_);
    if (rest_.starts_with(byte_order_mark)) {
        rest_.remove_prefix(byte_order_mark.size());
        refill();
    }
}

void JsonSource::decode_utf16() {
    Utf16Decoder decoder{encoding_ == Encoding::utf16_be ? std::endian::big : std::endian::little};
    head_ = decoder.decode(rest_.substr(utf16_mark_size));
    pull_ = [pull = std::move(pull_), decoder, text = std::string{}]() mutable {
        bool is_end = false;
        do {
            const auto piece = pull();
            is_end = piece.empty();
            text = is_end ? decoder.finish() : decoder.decode(piece);
        } while (text.empty() && !is_end);
        return std::string_view{text};
    };
    rest_ = head_;
    encoding_ = Encoding::utf8;
    refill();
}

void JsonSource::refill() {
    if (rest_.empty()) {
        rest_ = pull_();
    }
}

void JsonSource::take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (continues(c)) {
        refill();
        return;
    }
    last_ = next_;
    note_token(c);
    if (c == '\n') {
        next_ = {next_.line + 1, 1};
    } else {
        ++next_.column;
    }
    refill();
}

void JsonSource::take_plain(std::size_t size) {
    rest_.remove_prefix(size);
    next_.column += static_cast<std::int64_t>(size);
    last_ = token_ = {next_.line, next_.column - 1};
    last_is_punctuation_ = true;
    in_word_ = false;
    refill();
}

void JsonSource::note_token(char c) {
    last_is_punctuation_ = !in_string_ && is_punctuation(c);
    if (in_string_) {
        in_string_ = escaped_ || c != '"';
        escaped_ = !escaped_ && c == '\\';
        return;
    }
    const bool in_word = !is_blank(c) && !last_is_punctuation_ && c != '"';
    if (!is_blank(c) && !(in_word && in_word_)) {
        token_before_ = std::exchange(token_, last_);
    }
    in_word_ = in_word;
    in_string_ = c == '"';
}

bool JsonSource::skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) {
        take();
    }
    return !rest_.empty();
}

void JsonSource::skip_line() {
    while (!rest_.empty() && rest_.front() != '\n') {
        take();
    }
    in_string_ = escaped_ = in_word_ = false;
}

}  // namespace xmppfed::core

#include "core/json_source.hpp"

#include <utility>

#include "core/text.hpp"

namespace xmppfed::core {

namespace {

using std::string_view_literals::operator""sv;

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

JsonSource::JsonSource(Pull pull) : pull_{std::move(pull)} {
    while (head_.size() < byte_order_mark.size()) {
        const auto piece = pull_();
        if (piece.empty()) {
            break;
        }
        head_ += piece;
    }
    rest_ = head_;
    is_wide_ = rest_.starts_with("\xFE\xFF"sv) || rest_.starts_with("\xFF\xFE"sv) ||
               rest_.substr(0, 2).find('\0') != std::string_view::npos;
    if (rest_.starts_with(byte_order_mark)) {
        rest_.remove_prefix(byte_order_mark.size());
        refill();
    }
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

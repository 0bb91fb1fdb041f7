#include "core/text/json/object_text.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace xmppfed::core {

namespace {

constexpr std::size_t indent = 2;

std::string line_break(JsonLayout layout, int depth) {
    return layout == JsonLayout::compact ? std::string{}
                                         : "\n" + std::string(static_cast<std::size_t>(depth) * indent, ' ');
}

}  // namespace

ObjectText::ObjectText(std::string& text, JsonLayout layout, int depth)
    : text_{text},
      line_{line_break(layout, depth + 1)},
      separator_{"," + line_ + "\""},
      colon_{layout == JsonLayout::compact ? "\":" : "\": "} {
    text_ += '{';
}

void ObjectText::begin_member(std::string_view key) {
    text_ += std::string_view{separator_}.substr(is_empty_ ? 1 : 0);
    is_empty_ = false;
    text_ += key;
    text_ += colon_;
}

void ObjectText::null(std::string_view key) {
    begin_member(key);
    text_ += "null";
}

void ObjectText::member(std::string_view key, std::string_view value) {
    begin_member(key);
    append_text(text_, value);
}

void ObjectText::member(std::string_view key, std::int64_t value) {
    begin_member(key);
    std::array<char, std::numeric_limits<std::int64_t>::digits10 + 2> digits{};
    text_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

void ObjectText::append_items(std::string_view key, const auto& values) {
    begin_member(key);
    text_ += '[';
    bool is_first = true;
    for (const auto& value : values) {
        if (!std::exchange(is_first, false)) {
            text_ += ',';
        }
        if (!line_.empty()) {
            text_ += line_;
            text_.append(indent, ' ');
        }
        append_text(text_, value);
    }
    text_ += values.empty() ? "" : std::string_view{line_};
    text_ += ']';
}

void ObjectText::member(std::string_view key, std::span<const std::string> values) {
    append_items(key, values);
}

void ObjectText::member(std::string_view key, std::span<const std::string_view> values) {
    append_items(key, values);
}

void ObjectText::end() {
    if (!is_empty_ && !line_.empty()) {
        text_ += std::string_view{line_}.substr(0, line_.size() - indent);
    }
    text_ += '}';
}

}  // namespace xmppfed::core

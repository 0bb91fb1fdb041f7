#include "core/text/json/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// Appends a line, with JSON escapes for what a terminal might act on. Such characters stand only inside strings; below
/// U+0020 the serialiser has escaped all but the newlines of the layout.
void append_escaped(std::string& result, std::string_view line) {
    if (is_plain_ascii(line)) {
        result += line;
        return;
    }
    for (const auto& character : characters(line)) {
        if (is_unsafe(character)) {
            result += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(character.scalar));
        } else {
            result += character.bytes;
        }
    }
}

/// `newline` takes the place of each newline. Line by line, for most lines have nothing to escape.
std::string escape_unsafe(std::string_view text, std::string_view newline) {
    std::string result;
    result.reserve(text.size());
    for (;;) {
        const auto end = text.find('\n');
        append_escaped(result, text.substr(0, end));
        if (end == std::string_view::npos) {
            return result;
        }
        result += newline;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

Json path_json(std::string_view path) {
    return is_utf8(path) ? std::string{path} : escape(path);
}

Json or_null(std::string_view text) {
    return text.empty() ? Json{} : Json(text);
}

void append_text(std::string& document, std::string_view text) {
    if (is_plain_json(text)) {
        document += '"';
        document += text;
        document += '"';
    } else {
        document += to_text(Json(text), JsonLayout::compact);
    }
}

void append_texts(std::string& document, std::span<const std::string> texts) {
    document += '[';
    for (const auto& text : texts) {
        document += document.back() == '[' ? "" : ",";
        append_text(document, text);
    }
    document += ']';
}

std::string to_text(const Json& json, JsonLayout layout, int depth) {
    constexpr int indent = 2;
    const auto width = layout == JsonLayout::indented ? indent : -1;
    const auto text = json.dump(width, ' ', false, Json::error_handler_t::replace);
    const std::string newline = "\n" + std::string(static_cast<std::size_t>(depth) * indent, ' ');
    return escape_unsafe(text, newline);
}

}  // namespace xmppfed::core

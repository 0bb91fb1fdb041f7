#include "core/text/shell_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

bool is_plain(char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return alphanumeric || std::string_view{"_-./:,=+@%"}.find(c) != std::string_view::npos;
}

std::string ansi_quoted(std::string_view word) {
    std::string text = "$'";
    for (const auto& character : characters(word)) {
        if (is_unsafe(character)) {
            for (const char byte : character.bytes) {
                text += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
            }
        } else {
            text += character.bytes == "'" || character.bytes == "\\" ? "\\" : "";
            text += character.bytes;
        }
    }
    return text + "'";
}

}  // namespace

std::string shell_quoted(std::string_view word) {
    if (!word.empty() && std::ranges::all_of(word, is_plain)) {
        return std::string{word};
    }
    if (!is_safe(word)) {
        return ansi_quoted(word);
    }
    std::string text = "'";
    for (const char c : word) {
        text += c == '\'' ? std::string{"'\\''"} : std::string(1, c);
    }
    return text + "'";
}

std::string shell_line(const std::vector<std::string>& words) {
    std::vector<std::string> quoted;
    std::ranges::transform(words, std::back_inserter(quoted), shell_quoted);
    return join(quoted, " ");
}

}  // namespace xmppfed::core

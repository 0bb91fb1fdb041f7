#include "man/text.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include <fmt/format.h>

namespace xmppfed::manual {

namespace {

constexpr std::size_t widest = 78;  // mandoc asks for lines of at most 80 bytes
constexpr std::string_view opening = "([";
constexpr std::string_view closing = ".,;:)]?!";

bool is_one_of(char c, std::string_view set) {
    return set.find(c) != std::string_view::npos;
}

bool all_of(std::string_view text, std::string_view set) {
    return std::ranges::all_of(text, [&](char c) { return is_one_of(c, set); });
}

/// The bytes of a UTF-8 sequence after `lead`.
std::size_t following_bytes(unsigned char lead) {
    return lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
}

/// roff's own characters, and everything beyond ASCII by its number, so that no page depends on an encoding.
std::string escaped(std::string_view text, bool is_code) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x80) {
            const auto count = following_bytes(byte);
            auto point = static_cast<unsigned>(byte) & (0x3FU >> count);
            for (std::size_t k = 0; k < count && i + 1 < text.size(); ++k) {
                point = point << 6U | (static_cast<unsigned char>(text[++i]) & 0x3FU);
            }
            result += fmt::format("\\[u{:04X}]", point);
        } else if (text[i] == '\\') {
            result += "\\e";
        } else if (is_code && is_one_of(text[i], "-'`^~")) {  // as they are typed, not as typesetters would have them
            result += text[i] == '-' ? "\\-" : text[i] == '\'' ? "\\(aq" : text[i] == '`' ? "\\(ga" : "";
            result += text[i] == '^' ? "\\(ha" : text[i] == '~' ? "\\(ti" : "";
        } else {
            result += text[i];
        }
    }
    return result;
}

std::string guarded(std::string line) {
    return line.starts_with('.') || line.starts_with('\'') ? "\\&" + line : line;
}

std::vector<std::string> words_of(std::string_view text) {
    std::istringstream stream{std::string{text}};
    std::vector<std::string> words;
    for (std::string word; stream >> word;) {
        words.push_back(word);
    }
    return words;
}

bool is_placeholder(std::string_view word) {
    return std::ranges::any_of(word, [](char c) { return c >= 'A' && c <= 'Z'; }) &&
           std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// The words of a paragraph; blanks between backticks part nothing.
std::vector<std::string> chunks_of(std::string_view text) {
    std::vector<std::string> chunks{""};
    bool in_code = false;
    for (const char c : text) {
        in_code = in_code != (c == '`');
        if (c == ' ' && !in_code) {
            chunks.emplace_back();
        } else {
            chunks.back() += c;
        }
    }
    if (in_code) {
        throw Problem{fmt::format("a backtick has no partner in: {}", text)};
    }
    std::erase(chunks, "");
    return chunks;
}

/// A macro line for what stands in a chunk, with what is directly before and after it.
std::string macro_line(std::string_view before, const std::string& macros, std::string_view after) {
    std::string line = ".";
    const auto macro = macros.substr(0, 2);
    if (!before.empty() && all_of(before, opening)) {
        line += macro;
        for (const char c : before) {
            line += fmt::format(" {}", c);
        }
        line += macros.substr(2);
    } else if (before.empty()) {
        line += macros;
    } else {
        line += fmt::format("No {} Ns {}", argument(before), macros);
    }
    const auto plain = std::ranges::find_if(after, [](char c) { return !is_one_of(c, closing); });
    if (plain == after.end()) {
        for (const char c : after) {
            line += fmt::format(" {}", c);
        }
    } else {
        line += fmt::format(" Ns No {}", argument(after));
    }
    return line + "\n";
}

/// Fills lines with words, and ends a line where a sentence ends.
class Filler {
  public:
    void word(const std::string& word) {
        if (!line_.empty() && line_.size() + 1 + word.size() > widest) {
            flush();
        }
        line_ += (line_.empty() ? "" : " ") + word;
        const auto last = word.find_last_not_of(")\"");
        if (last != std::string::npos && is_one_of(word[last], ".?!") && word != "...") {
            flush();
        }
    }
    void macro(const std::string& line) {
        flush();
        text_ += line;
    }
    std::string text() {
        flush();
        return text_;
    }

  private:
    void flush() {
        if (!line_.empty()) {
            text_ += guarded(line_) + "\n";
        }
        line_.clear();
    }
    std::string line_;
    std::string text_;
};

std::string with_code(const std::string& line) {
    std::string result;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto end = line[i] == '`' ? line.find('`', i + 1) : std::string::npos;
        if (end == std::string::npos) {
            result += line[i];
        } else {
            result += code_macros(line.substr(i + 1, end - i - 1));
            i = end;
        }
    }
    return result;
}

/// `xmppfed-plan(1)` in a word, or nothing.
std::string_view reference_in(std::string_view word) {
    const auto at = word.rfind("xmppfed");
    const auto open = word.find('(', std::min(at, word.size()));
    if (open == std::string_view::npos || open + 2 >= word.size() || word[open + 2] != ')' ||
        std::string_view{"157"}.find(word[open + 1]) == std::string_view::npos) {
        return {};
    }
    const auto name = word.substr(at, open - at);
    const bool is_name = name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
    return is_name ? word.substr(at, open + 3 - at) : std::string_view{};
}

}  // namespace

std::string argument(std::string_view word) {
    const bool is_macro_name = word.size() <= 3 && word.size() > 1 && std::isupper(word[0]) != 0 &&
                               std::islower(static_cast<unsigned char>(word[1])) != 0;
    auto text = escaped(word, /*is_code=*/true);
    if (is_macro_name || all_of(word, ".,;:()[]?!|")) {
        return "\\&" + text;
    }
    for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at)) {
        text.replace(at, 1, "\\(dq");
    }
    return text;
}

std::string literal_line(std::string_view line) {
    return guarded(escaped(line, /*is_code=*/true));
}

std::string code_macros(std::string_view code) {
    const auto words = words_of(code);
    const bool is_text = std::ranges::any_of(code, [](char c) { return is_one_of(c, "\"{}*'=\\"); });
    if (is_text || words.empty()) {
        return fmt::format("Ql \"{}\"", argument(code));
    }
    std::string result;
    for (const auto& word : words) {
        result += result.empty() ? "" : " ";
        if (word.size() > 1 && word.starts_with('-')) {
            result += "Fl " + argument(word.substr(1));
        } else if (word.starts_with('$')) {
            result += "Ev " + argument(word.substr(1));
        } else if (word == "xmppfed") {
            result += "Nm " + word;
        } else if (word.find('/') != std::string::npos) {
            result += "Pa " + argument(word);
        } else {
            result += (is_placeholder(word) ? "Ar " : "Cm ") + argument(word);
        }
    }
    return result;
}

std::string paragraph(std::string_view text) {
    Filler filler;
    for (const auto& chunk : chunks_of(text)) {
        const auto start = chunk.find('`');
        if (start != std::string::npos) {
            const auto end = chunk.find('`', start + 1);
            const auto after = std::string_view{chunk}.substr(end + 1);
            if (after.find('`') != std::string_view::npos) {
                throw Problem{fmt::format("put a blank between two pieces of code: {}", chunk)};
            }
            filler.macro(macro_line(std::string_view{chunk}.substr(0, start),
                                    code_macros(chunk.substr(start + 1, end - start - 1)), after));
        } else if (const auto reference = reference_in(chunk); !reference.empty()) {
            const auto at = chunk.find(reference);
            const auto open = reference.find('(');
            filler.macro(macro_line(std::string_view{chunk}.substr(0, at),
                                    fmt::format("Xr {} {}", reference.substr(0, open), reference[open + 1]),
                                    std::string_view{chunk}.substr(at + reference.size())));
        } else {
            filler.word(escaped(chunk, /*is_code=*/false));
        }
    }
    return filler.text();
}

std::string body(const std::vector<std::string>& lines) {
    std::string result;
    std::string text;
    bool is_literal = false;
    bool wants_space = false;
    const auto flush = [&] {
        result += paragraph(text);
        text.clear();
    };
    for (const auto& line : lines) {
        if (is_literal && line != ".Ed") {
            result += literal_line(line) + "\n";
        } else if (line.empty()) {
            flush();
            wants_space = true;
        } else if (line.starts_with('.')) {
            flush();
            wants_space = false;
            is_literal = line.starts_with(".Bd -literal");
            result += with_code(line) + "\n";
        } else {
            const auto last = result.substr(result.size() < 2 ? 0 : result.rfind('\n', result.size() - 2) + 1);
            const bool is_first =
                last.empty() || last.starts_with(".Sh") || last.starts_with(".Ss") || last.starts_with(".It");
            result += wants_space && !is_first ? ".Pp\n" : "";
            wants_space = false;
            text += (text.empty() ? "" : " ") + line;
        }
    }
    flush();
    return result;
}

}  // namespace xmppfed::manual

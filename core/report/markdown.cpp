#include "core/report/markdown.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::string_view meaningful = R"(\`*_[]#!|~$^)";

/// Whether the character would begin a list, a heading or a quotation where the text begins a line, or an address.
bool is_meaningful_here(std::string_view text, std::size_t at) {
    const auto before = text.substr(0, at);
    switch (text[at]) {
    case '-':
    case '+':
    case '=':
        return at == 0;
    case '.':
    case ')':
        return std::ranges::all_of(before, [](char c) { return c >= '0' && c <= '9'; }) ||
               ascii_lower(before).ends_with("www");
    case ':':
        return text.substr(at + 1).starts_with('/');
    default:
        return meaningful.find(text[at]) != std::string_view::npos;
    }
}

std::string_view replacement_of(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '@':
        return "@<!-- -->";  // GitHub looks for addresses and names after escapes are read
    default:
        return {};
    }
}

std::size_t longest_run_of_backticks(std::string_view text) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

}  // namespace

std::string markdown_text(std::string_view text) {
    const auto shown = escape(text);
    std::string result;
    for (std::size_t at = 0; at < shown.size(); ++at) {
        if (const auto replacement = replacement_of(shown[at]); !replacement.empty()) {
            result += replacement;
            continue;
        }
        result += is_meaningful_here(shown, at) ? "\\" : "";
        result += shown[at];
    }
    return result;
}

std::string markdown_prose(std::string_view text) {
    std::string result;
    for (;;) {
        const auto begin = text.find('`');
        const auto end = begin == std::string_view::npos ? begin : text.find('`', begin + 1);
        if (end == std::string_view::npos) {
            return result + markdown_text(text);
        }
        result += markdown_text(text.substr(0, begin)) + markdown_code(text.substr(begin + 1, end - begin - 1));
        text.remove_prefix(end + 1);
    }
}

std::string markdown_code(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    auto shown = escape(text);
    for (auto at = shown.find('|'); at != std::string::npos; at = shown.find('|', at)) {
        shown.replace(at, 1, "\\u{7c}");
    }
    const std::string fence(longest_run_of_backticks(shown) + 1, '`');
    const bool needs_blanks = shown.front() == '`' || shown.back() == '`' || shown.front() == ' ';
    return needs_blanks ? fmt::format("{} {} {}", fence, shown, fence) : fmt::format("{}{}{}", fence, shown, fence);
}

std::string markdown_domain(std::string_view domain) {
    const auto shown = unicode_domain(domain);
    return shown == domain ? markdown_code(domain)
                           : fmt::format("{} ({})", markdown_text(shown), markdown_code(domain));
}

}  // namespace xmppfed::core

#include "core/report/html/html.hpp"

#include <fmt/format.h>

#include "core/report/figures.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

/// The character reference of what means something to HTML; empty for any other.
std::string_view reference_of(char32_t scalar) {
    switch (scalar) {
    case U'&':
        return "&amp;";
    case U'<':
        return "&lt;";
    case U'>':
        return "&gt;";
    case U'"':
        return "&quot;";
    case U'\'':
        return "&#39;";
    default:
        return {};
    }
}

/// HTML has no way to write a noncharacter (U+FDD0 to U+FDEF, and the last two of each plane).
bool is_noncharacter(char32_t scalar) {
    constexpr char32_t last_two = 0xFFFE;
    return (scalar >= 0xFDD0 && scalar <= 0xFDEF) || (scalar & last_two) == last_two;
}

std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const auto& character : characters(text)) {
        const bool is_layout = character.valid && (character.scalar == U'\n' || character.scalar == U'\t');
        if (character.valid && is_noncharacter(character.scalar)) {
            result += fmt::format("\\u{{{:04x}}}", static_cast<std::uint32_t>(character.scalar));
        } else if (is_unsafe(character) && !is_layout) {
            result += escape(character.bytes);
        } else if (const auto reference = character.valid ? reference_of(character.scalar) : std::string_view{};
                   !reference.empty()) {
            result += reference;
        } else {
            result += character.bytes;
        }
    }
    return result;
}

/// What is no time is a text like any other.
Html time_html(std::string_view timestamp, std::string_view shown) {
    return is_timestamp(timestamp) ? "<time>" + Html::text(shown) + "</time>" : Html::text(timestamp);
}

}  // namespace

Html Html::text(std::string_view text) {
    Html html;
    html.text_ = escaped(text);
    return html;
}

Html Html::prose(std::string_view text) {
    Html html;
    for (;;) {
        const auto begin = text.find('`');
        const auto end = begin == std::string_view::npos ? begin : text.find('`', begin + 1);
        if (end == std::string_view::npos) {
            return html + Html::text(text);
        }
        html += Html::text(text.substr(0, begin)) + "<code>" + Html::text(text.substr(begin + 1, end - begin - 1)) +
                "</code>";
        text.remove_prefix(end + 1);
    }
}

Html Html::number(std::int64_t number) {
    return Html::text(with_commas(number));
}

Html Html::percent(double share) {
    constexpr double whole = 100;
    return Html::text(fmt::format("{:.2f}%", share * whole));
}

Html domain_html(std::string_view domain) {
    const auto shown = unicode_domain(domain);
    auto html = "<bdi>" + Html::text(shown) + "</bdi>";
    if (shown != domain) {
        html += " <span class=\"typed\">" + Html::text(domain) + "</span>";
    }
    return html;
}

Html day_html(std::string_view timestamp) {
    return time_html(timestamp, day_of(timestamp));
}

Html minute_html(std::string_view timestamp) {
    return time_html(timestamp, minute_of(timestamp));
}

}  // namespace xmppfed::core

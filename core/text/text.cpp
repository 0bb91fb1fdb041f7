#include "core/text/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <fmt/format.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

namespace xmppfed::core {

namespace {

constexpr std::size_t longest_quote = 200;
constexpr std::size_t longest_free_text = 1024;
constexpr unsigned char first_non_ascii = 0x80;

const std::uint8_t* as_u8(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());  // libunistring's type for UTF-8
}

bool is_control(char32_t scalar) {
    return scalar < U' ' || (scalar >= 0x7f && scalar <= 0x9f);
}

bool is_bidi_control(char32_t scalar) {
    return uc_is_property(scalar, UC_PROPERTY_BIDI_CONTROL);
}

bool is_line_separator(char32_t scalar) {
    return scalar == 0x2028 || scalar == 0x2029;
}

// Nearly every text is looked at, and is plain: eight octets at a time.

constexpr std::uint64_t each_octet = 0x0101010101010101;
constexpr std::uint64_t highest_bits = each_octet * 0x80;

/// Not 0 when one of the octets is no printable ASCII. What is below the blank loses its highest bit to the subtraction,
/// 0x7F gets one by the addition, and what is beyond has it.
std::uint64_t beyond_printable(std::uint64_t octets) {
    const auto below = ~((octets | highest_bits) - each_octet * ' ');
    const auto beyond = octets | (octets + each_octet);
    return (below | beyond) & highest_bits;
}

/// Not 0 when one of the octets is this one: the subtraction borrows the highest bit of what is 0 then.
std::uint64_t with_the_same(std::uint64_t octets, char wanted) {
    const auto difference = octets ^ (each_octet * static_cast<unsigned char>(wanted));
    return (difference - each_octet) & ~difference & highest_bits;
}

/// Whether `eight` says so of all octets, some of them twice; of a shorter text `one` is asked.
bool eight_by_eight(std::string_view text, const auto& eight, const auto& one) {
    std::uint64_t octets = 0;
    const auto is_good_at = [&](std::size_t place) {
        std::memcpy(&octets, text.data() + place, sizeof octets);
        return eight(octets);
    };
    if (text.size() < sizeof octets) {
        return std::ranges::all_of(text, one);
    }
    const auto last = text.size() - sizeof octets;
    for (std::size_t place = 0; place < last; place += sizeof octets) {
        if (!is_good_at(place)) {
            return false;
        }
    }
    return is_good_at(last);
}

}  // namespace

void Characters::Iterator::read_beyond_ascii() {
    current_ = {};
    if (rest_.empty()) {
        return;
    }
    const auto first = static_cast<unsigned char>(rest_.front());
    ucs4_t scalar = 0;
    const int length = u8_mbtoucr(&scalar, as_u8(rest_), rest_.size());
    if (length <= 0) {
        current_ = {rest_.substr(0, 1), first, false};
    } else {
        current_ = {rest_.substr(0, static_cast<std::size_t>(length)), scalar, true};
    }
}

std::u32string scalars(std::string_view text) {
    std::u32string result;
    for (const auto& character : characters(text)) {
        result += character.scalar;
    }
    return result;
}

bool is_unsafe(const Character& character) {
    if (!character.valid) {
        return true;
    }
    if (character.scalar < first_non_ascii) {
        return is_control(character.scalar);
    }
    return is_control(character.scalar) || is_bidi_control(character.scalar) || is_line_separator(character.scalar);
}

bool is_safe(std::string_view text) {
    // NOLINTNEXTLINE(readability-use-anyofallof): the iterators are less than std::ranges asks for
    for (const auto& character : characters(text)) {
        if (is_unsafe(character)) {
            return false;
        }
    }
    return true;
}

std::size_t length(std::string_view text) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& character : characters(text)) {
        ++count;
    }
    return count;
}

bool is_plain_ascii(std::string_view text) {
    return eight_by_eight(
        text, [](std::uint64_t octets) { return beyond_printable(octets) == 0; },
        [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_plain_json(std::string_view text) {
    return eight_by_eight(
        text,
        [](std::uint64_t octets) {
            const auto special = with_the_same(octets, '"') | with_the_same(octets, '\\');
            return (beyond_printable(octets) | special) == 0;
        },
        [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

bool is_utf8(std::string_view text) {
    return is_plain_ascii(text) || u8_check(as_u8(text), text.size()) == nullptr;
}

std::string escape(std::string_view text) {
    if (is_plain_ascii(text)) {
        return std::string{text};
    }
    std::string result;
    for (const auto& character : characters(text)) {
        if (!is_unsafe(character)) {
            result += character.bytes;
        } else if (character.scalar == U'\n') {
            result += "\\n";
        } else if (character.scalar == U'\t') {
            result += "\\t";
        } else if (character.scalar == U'\r') {
            result += "\\r";
        } else if (!character.valid || character.scalar < first_non_ascii) {
            result += fmt::format("\\x{:02x}", static_cast<std::uint32_t>(character.scalar));
        } else {
            result += fmt::format("\\u{{{:04x}}}", static_cast<std::uint32_t>(character.scalar));
        }
    }
    return result;
}

std::string lines_for(Medium medium, std::string_view lines) {
    if (medium == Medium::file) {
        return std::string{lines};
    }
    std::string result;
    for (auto end = lines.find('\n'); end != std::string_view::npos; end = lines.find('\n')) {
        const auto line = lines.substr(0, end);
        result += escape(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line) + '\n';
        lines.remove_prefix(end + 1);
    }
    return result + escape(lines);
}

std::string quote(std::string_view text) {
    const auto whole = escape(text.substr(0, longest_quote * 4));
    return "'" + shorten(whole, longest_quote) + "'";
}

std::size_t display_width(std::string_view text) {
    if (is_plain_ascii(text)) {
        return text.size();
    }
    return static_cast<std::size_t>(std::max(0, u8_width(as_u8(text), text.size(), "UTF-8")));
}

std::string shorten(std::string_view text, std::size_t width) {
    if (display_width(text) <= width) {
        return std::string{text};
    }
    if (width == 0) {
        return {};
    }
    std::string result;
    std::size_t used = 0;
    for (const auto& character : characters(text)) {
        const auto columns = display_width(character.bytes);
        if (used + columns > width - 1) {
            break;
        }
        result += character.bytes;
        used += columns;
    }
    return result + "…";
}

std::string free_text_problem(std::string_view text) {
    if (!is_utf8(text)) {
        return "is not valid UTF-8";
    }
    for (const auto& character : characters(text)) {
        const bool is_layout = character.scalar == U'\n' || character.scalar == U'\t';
        if (is_unsafe(character) && !is_layout) {
            return fmt::format("contains U+{:04X}, a control character; newline and tab are the only ones allowed",
                               static_cast<std::uint32_t>(character.scalar));
        }
    }
    if (const auto count = length(text); count > longest_free_text) {
        return fmt::format("has {} characters; at most {} are allowed", count, longest_free_text);
    }
    return {};
}

std::string ascii_lower(std::string_view text) {
    std::string result{text};
    std::ranges::transform(result, result.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

std::string ascii_upper(std::string_view text) {
    std::string result{text};
    std::ranges::transform(result, result.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return result;
}

std::string lower_case(std::string_view text) {
    std::size_t size = 0;
    const std::unique_ptr<std::uint8_t, decltype(&std::free)> lower{
        u8_tolower(as_u8(text), text.size(), nullptr, UNINORM_NFC, nullptr, &size), std::free};
    return lower ? std::string{reinterpret_cast<const char*>(lower.get()), size} : std::string{text};
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

std::string trimmed(std::string_view text, std::string_view blanks) {
    const auto first = std::min(text.find_first_not_of(blanks), text.size());
    return std::string{text.substr(first, text.find_last_not_of(blanks) + 1 - first)};
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    return fmt::format("{}", fmt::join(parts, separator));
}

std::string shortened_list(std::vector<std::string> values) {
    constexpr std::size_t most = 10;
    if (values.size() <= most) {
        return join(values, ", ");
    }
    const auto more = values.size() - most;
    values.resize(most);
    return fmt::format("{} and {} more", join(values, ", "), more);
}

std::string counted(std::size_t number, std::string_view noun) {
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

}  // namespace xmppfed::core

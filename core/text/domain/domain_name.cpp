#include "core/text/domain/domain_name.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>
#include <unictype.h>

#include "core/text/domain/bidi_rule.hpp"
#include "core/text/domain/idna.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr unsigned char first_beyond_ascii = 0x80;
constexpr std::size_t longest_name = 253;
constexpr std::size_t longest_input = 8 * longest_name;  // of any spelling: nothing longer can shrink to a name

/// A table of transitions that tells names in canonical form, which most are, from what needs a closer look.
namespace canonical {

enum Class : std::uint8_t { other, letter, digit, hyphen, dot };
enum State : std::uint8_t { refused, label_begins, after_digits_only, after_letter_or_digit, after_hyphen };

constexpr auto class_of = [] {
    std::array<Class, 256> classes{};
    for (const char c : std::string_view{"abcdefghijklmnopqrstuvwxyz"}) {
        classes.at(static_cast<unsigned char>(c)) = letter;
    }
    for (const char c : std::string_view{"0123456789"}) {
        classes.at(static_cast<unsigned char>(c)) = digit;
    }
    classes['-'] = hyphen;
    classes['.'] = dot;
    return classes;
}();

constexpr State next_state[][5] = {
    // other, letter, digit, hyphen, dot
    {refused, refused, refused, refused, refused},
    {refused, after_letter_or_digit, after_digits_only, refused, refused},
    {refused, after_letter_or_digit, after_digits_only, after_hyphen, label_begins},
    {refused, after_letter_or_digit, after_letter_or_digit, after_hyphen, label_begins},
    {refused, after_letter_or_digit, after_letter_or_digit, after_hyphen, refused},
};

}  // namespace canonical

/// Whether the text is sure to be in canonical form: labels of letters, digits and hyphens, the last not of digits
/// alone, none with a prefix that IDNA knows, and all together no longer than one label may be.
bool is_surely_canonical(std::string_view text) {
    auto state = canonical::label_begins;
    for (const char c : text) {
        state = canonical::next_state[state][canonical::class_of[static_cast<unsigned char>(c)]];
    }
    return state == canonical::after_letter_or_digit && text.size() <= longest_label &&
           text.find("--") == std::string_view::npos;
}

bool is_dot(char32_t c) {
    return c == U'.' || c == 0x3002 || c == 0xff0e || c == 0xff61;  // UTS 46 section 2.3
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_ldh(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-';
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// UTS 46 maps these to nothing, so that two different names would silently become one. The joiners are left to IDNA,
/// which knows where they mean something (RFC 5892 appendix A).
bool would_vanish(char32_t c) {
    const bool joiner = c == 0x200c || c == 0x200d;
    return c >= 0x80 && !joiner && uc_is_property(c, UC_PROPERTY_DEFAULT_IGNORABLE_CODE_POINT);
}

bool is_ipv4(std::string_view text) {
    const auto of_address = [](char c) { return is_digit(c) || c == '.'; };
    if (!std::ranges::all_of(text, of_address)) {
        return false;
    }
    const auto parts = split(text, '.');
    return parts.size() == 4 && std::ranges::all_of(parts, all_digits);
}

bool is_ipv6(std::string_view text) {
    if (text.starts_with('[')) {
        return true;
    }
    const auto of_address = [](char c) { return is_digit(c) || c == ':' || c == '.' || (c >= 'a' && c <= 'f'); };
    return std::ranges::count(text, ':') > 1 && std::ranges::all_of(ascii_lower(text), of_address);
}

/// Things that people paste instead of a domain; they deserve a better answer than "a character that is not allowed".
std::string shape_problem(std::string_view text) {
    const auto contains = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
    if (is_ipv4(text) || is_ipv6(text)) {
        return "is an IP address; a domain name is needed";
    }
    if (contains("://")) {
        return "begins with a scheme; give the domain alone";
    }
    if (contains("@")) {
        return "is a JID; give the part between '@' and '/'";
    }
    if (contains("/")) {
        return "contains a path or resource; give the domain alone";
    }
    if (contains(":")) {
        return "contains a port or prefix; give the domain alone";
    }
    if (contains("*")) {
        return "contains a wildcard; name each domain";
    }
    return {};
}

/// What is wrong with a text that is not printable ASCII.
std::string character_problem(std::string_view text) {
    if (!is_utf8(text)) {
        return "is not valid UTF-8";
    }
    for (const auto& character : characters(text)) {
        const auto scalar = static_cast<std::uint32_t>(character.scalar);
        if (is_unsafe(character)) {
            return fmt::format("contains the control character U+{:04X}", scalar);
        }
        if (would_vanish(character.scalar)) {
            return fmt::format("contains U+{:04X}, an invisible character that would silently be dropped", scalar);
        }
    }
    return {};
}

/// An ASCII character that no label has, whatever stands beside it.
std::string ascii_problem(std::string_view label) {
    const auto wrong = std::ranges::find_if(
        label, [](char c) { return static_cast<unsigned char>(c) < first_beyond_ascii && !is_ldh(c); });
    return wrong == label.end()
               ? std::string{}
               : fmt::format("contains {}; letters, digits and hyphens are allowed", quote({wrong, wrong + 1}));
}

std::string ldh_problem(std::string_view label) {
    if (label.empty()) {
        return "has an empty label";
    }
    if (auto problem = ascii_problem(label); !problem.empty()) {
        return problem;
    }
    if (label.front() == '-' || label.back() == '-') {
        return fmt::format("has a hyphen at the start or end of the label {}", quote(label));
    }
    if (label.size() > longest_label) {
        return fmt::format("has a label of {} octets; at most {} are allowed", label.size(), longest_label);
    }
    return {};
}

/// Appends the canonical form of a label in lower case to the name, or returns what is wrong with it.
std::string append_label(std::string& name, std::string_view label) {
    if (auto problem = ascii_problem(label); !problem.empty()) {
        return problem;
    }
    DomainName idna;
    if (!is_plain_ascii(label) || (label.starts_with(a_label_prefix) && ldh_problem(label).empty())) {
        idna = idna_label(label);
        if (!idna.valid()) {
            return idna.problem;
        }
        label = idna.name;
    }
    name += name.empty() ? "" : ".";
    name += label;
    return ldh_problem(label);
}

/// The first label that breaks the Bidi rule, which looks at a name as a whole (RFC 5893). `name` is canonical.
std::string direction_problem(std::string_view name) {
    if (name.find(a_label_prefix) == std::string_view::npos) {
        return {};
    }
    const auto unicode = unicode_domain(name);
    if (!is_bidi_name(unicode)) {
        return {};
    }
    for (const auto& label : split(unicode, '.')) {
        if (const auto problem = bidi_problem(label); !problem.empty()) {
            return idna_refusal(label, problem);
        }
    }
    return {};
}

/// What can be said of the text as a whole, before it is taken apart.
std::string whole_problem(std::string_view text) {
    if (text.empty()) {
        return "is empty";
    }
    if (!is_plain_ascii(text)) {
        if (auto problem = character_problem(text); !problem.empty()) {
            return problem;
        }
    }
    if (auto problem = shape_problem(text); !problem.empty()) {
        return problem;
    }
    if (text.size() > longest_input) {
        return fmt::format("is longer than {} octets", longest_name);
    }
    return {};
}

}  // namespace

std::string with_plain_dots(std::string text) {
    if (is_plain_ascii(text)) {
        return text;
    }
    std::string result;
    for (const auto& character : characters(text)) {
        result += is_dot(character.scalar) ? "." : character.bytes;
    }
    return result;
}

DomainName canonical_domain(std::string_view text) {
    if (is_surely_canonical(text)) {
        return {std::string{text}, {}};
    }
    if (auto problem = whole_problem(text); !problem.empty()) {
        return {{}, problem};
    }
    const auto lower = with_plain_dots(ascii_lower(text));
    std::string_view rest = lower;
    if (rest.ends_with('.')) {
        rest.remove_suffix(1);  // the root's dot
    }
    DomainName result;
    result.name.reserve(rest.size());
    for (auto end = rest.find('.');; end = rest.find('.')) {
        if (auto problem = append_label(result.name, rest.substr(0, end)); !problem.empty()) {
            return {{}, problem};
        }
        if (end == std::string_view::npos) {
            break;
        }
        rest.remove_prefix(end + 1);
    }
    if (result.name.size() > longest_name) {
        return {{}, fmt::format("has {} octets; at most {} are allowed", result.name.size(), longest_name)};
    }
    const auto last = std::string_view{result.name}.substr(result.name.rfind('.') + 1);
    if (all_digits(last)) {
        return {{}, fmt::format("ends in the all-numeric label {}", quote(last))};
    }
    if (auto problem = direction_problem(result.name); !problem.empty()) {
        return {{}, problem};
    }
    return result;
}

bool is_domain(std::string_view text) {
    return is_surely_canonical(text) || canonical_domain(text).valid();
}

bool is_canonical_domain(std::string_view text) {
    return is_surely_canonical(text) || (!text.empty() && canonical_domain(text).name == text);
}

bool is_below(std::string_view domain, std::string_view parent) {
    return domain.size() > parent.size() + 1 && domain.ends_with(parent) &&
           domain[domain.size() - parent.size() - 1] == '.';
}

}  // namespace xmppfed::core

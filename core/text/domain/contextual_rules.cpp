#include "core/text/domain/contextual_rules.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <unictype.h>

#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr char32_t zero_width_joiner = 0x200d;

using Label = std::u32string_view;

bool is_of(char32_t scalar, const char* script) {
    return uc_is_script(scalar, uc_script_byname(script));
}

bool has(Label label, char32_t first, char32_t last) {
    return std::ranges::any_of(label, [&](char32_t c) { return first <= c && c <= last; });
}

bool is_between_two_l(Label label, std::size_t at) {
    return at > 0 && label[at - 1] == U'l' && at + 1 < label.size() && label[at + 1] == U'l';
}

bool is_before_greek(Label label, std::size_t at) {
    return at + 1 < label.size() && is_of(label[at + 1], "Greek");
}

bool is_after_hebrew(Label label, std::size_t at) {
    return at > 0 && is_of(label[at - 1], "Hebrew");
}

bool is_beside_japanese(Label label, std::size_t /*at*/) {
    return std::ranges::any_of(
        label, [](char32_t c) { return is_of(c, "Hiragana") || is_of(c, "Katakana") || is_of(c, "Han"); });
}

bool is_without_extended_digits(Label label, std::size_t /*at*/) {
    return !has(label, 0x06f0, 0x06f9);
}

/// libidn2, which knows Unicode 14, takes U+1171E for a mark that joining letters are seen through; Unicode 17 does not.
bool is_without_ahom_medial_ra(Label label, std::size_t /*at*/) {
    return !has(label, 0x1171e, 0x1171e);
}

struct ContextualRule {
    char32_t first;
    char32_t last;
    bool (*fits)(Label label, std::size_t at);
    std::string_view reason;
};

constexpr std::array contextual_rules{
    ContextualRule{0x00b7, 0x00b7, is_between_two_l, "MIDDLE DOT, U+00B7, is allowed between two l only"},
    ContextualRule{0x0375, 0x0375, is_before_greek,
                   "GREEK LOWER NUMERAL SIGN, U+0375, is allowed before a Greek letter only"},
    ContextualRule{0x05f3, 0x05f3, is_after_hebrew,
                   "HEBREW PUNCTUATION GERESH, U+05F3, is allowed after a Hebrew letter only"},
    ContextualRule{0x05f4, 0x05f4, is_after_hebrew,
                   "HEBREW PUNCTUATION GERSHAYIM, U+05F4, is allowed after a Hebrew letter only"},
    ContextualRule{0x0660, 0x0669, is_without_extended_digits, "mixes Arabic-Indic and extended Arabic-Indic digits"},
    ContextualRule{0x200c, 0x200c, is_without_ahom_medial_ra, "ZERO WIDTH NON-JOINER, U+200C, is not allowed there"},
    ContextualRule{0x30fb, 0x30fb, is_beside_japanese,
                   "KATAKANA MIDDLE DOT, U+30FB, is allowed beside Hiragana, Katakana or Han only"},
};

}  // namespace

std::string contextual_problem(std::string_view label) {
    const auto text = scalars(label);
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const auto& rule : contextual_rules) {
            if (rule.first <= text[at] && text[at] <= rule.last && !rule.fits(text, at)) {
                return std::string{rule.reason};
            }
        }
    }
    return {};
}

std::string_view misplaced_joiner(std::string_view label) {
    int before = UC_CCC_NR;
    for (const char32_t here : scalars(label)) {
        if (here == zero_width_joiner && before != UC_CCC_VR) {
            return "ZERO WIDTH JOINER, U+200D";
        }
        before = uc_combining_class(here);
    }
    return "ZERO WIDTH NON-JOINER, U+200C";
}

}  // namespace xmppfed::core

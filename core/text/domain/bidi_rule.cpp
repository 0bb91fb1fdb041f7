#include "core/text/domain/bidi_rule.hpp"

#include <algorithm>
#include <cstdint>

#include <unictype.h>

#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// Bidi classes, a bit for each.
using Classes = std::uint32_t;

constexpr Classes bit(int bidi_class) {
    return Classes{1} << static_cast<unsigned>(bidi_class);
}

constexpr Classes right_to_left = bit(UC_BIDI_R) | bit(UC_BIDI_AL);
constexpr Classes european_digits = bit(UC_BIDI_EN);
constexpr Classes arabic_digits = bit(UC_BIDI_AN);
constexpr Classes marks = bit(UC_BIDI_NSM);
constexpr Classes everywhere =
    european_digits | marks | bit(UC_BIDI_ES) | bit(UC_BIDI_CS) | bit(UC_BIDI_ET) | bit(UC_BIDI_ON) | bit(UC_BIDI_BN);

/// What the rule allows in the labels of one direction.
struct Direction {
    Classes anywhere;
    Classes last;  ///< before the marks at the end
};

constexpr Direction leftwards{everywhere | right_to_left | arabic_digits,
                              right_to_left | european_digits | arabic_digits};
constexpr Direction rightwards{everywhere | bit(UC_BIDI_L), bit(UC_BIDI_L) | european_digits};

Classes class_of(char32_t scalar) {
    // A mark for libunistring, which knows Unicode 14; one that takes room, and so left to right, in Unicode 17.
    constexpr char32_t ahom_medial_ra = 0x1171e;
    return scalar == ahom_medial_ra ? bit(UC_BIDI_L) : bit(uc_bidi_class(scalar));
}

}  // namespace

bool is_bidi_name(std::string_view name) {
    return std::ranges::any_of(
        scalars(name), [](char32_t scalar) { return (class_of(scalar) & (right_to_left | arabic_digits)) != 0; });
}

std::string bidi_problem(std::string_view label) {
    const auto text = scalars(label);
    const auto first = class_of(text.front());
    if ((first & (right_to_left | bit(UC_BIDI_L))) == 0) {
        return "in a name with right-to-left letters every label begins with a letter";
    }
    const auto& direction = (first & right_to_left) != 0 ? leftwards : rightwards;
    Classes seen = 0;
    Classes last = 0;
    for (const char32_t scalar : text) {
        const auto here = class_of(scalar);
        seen |= here;
        last = here == marks ? last : here;
    }
    if ((seen & ~direction.anywhere) != 0) {
        return "mixes right-to-left and left-to-right";
    }
    if ((last & direction.last) == 0) {
        return "in a name with right-to-left letters every label ends with a letter or a digit";
    }
    if ((seen & european_digits) != 0 && (seen & arabic_digits) != 0) {
        return "mixes European and Arabic digits";
    }
    return {};
}

}  // namespace xmppfed::core

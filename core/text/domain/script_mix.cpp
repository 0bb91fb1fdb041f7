#include "core/text/domain/script_mix.hpp"

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <iterator>
#include <string>

#include <unictype.h>

#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// A bit for each script of libunistring, by its place in uc_all_scripts(), which leaves the last ones to those below.
using Scripts = std::bitset<256>;

constexpr std::size_t han_with_bopomofo = 252;  // Hanb
constexpr std::size_t japanese = 253;           // Jpan
constexpr std::size_t korean = 254;             // Kore
constexpr std::size_t unknown = 255;            // Zzzz: unassigned characters, bytes that are not UTF-8

struct Extension {
    char32_t first;
    char32_t last;
    std::string_view scripts;  // long names, with spaces between them
};

constexpr Extension extensions[] = {
#include "core/text/domain/script_extensions.inc"
};

std::size_t position(const uc_script_t* script) {
    if (script == nullptr) {
        return unknown;
    }
    const uc_script_t* all = nullptr;
    std::size_t count = 0;
    uc_all_scripts(&all, &count);
    return static_cast<std::size_t>(script - all);
}

std::size_t position(const char* name) {
    return position(uc_script_byname(name));
}

/// The scripts of a character that libunistring's Script property does not tell, or nullptr when it does.
const Extension* find_extension(char32_t scalar) {
    const auto* found = std::ranges::lower_bound(extensions, scalar, {}, &Extension::last);
    return found != std::end(extensions) && found->first <= scalar ? found : nullptr;
}

Scripts script_extensions(const Character& character) {
    Scripts result;
    if (!character.valid) {
        return result.set(unknown);
    }
    if (const auto* extension = find_extension(character.scalar)) {
        for (const auto& name : split(extension->scripts, ' ')) {
            result.set(position(name.c_str()));
        }
        return result;
    }
    const auto script = position(uc_script(character.scalar));
    const bool fits_everywhere = script == position("Common") || script == position("Inherited");
    return fits_everywhere ? result.set() : result.set(script);
}

/// Adds the writing systems that use several scripts together, so that Japanese or Korean text counts as one script.
Scripts augmented(Scripts scripts) {
    const auto has = [&scripts](const char* name) { return scripts.test(position(name)); };
    const bool han = has("Han");
    const bool kana = has("Hiragana") || has("Katakana");
    const bool hangul = has("Hangul");
    const bool bopomofo = has("Bopomofo");
    scripts[han_with_bopomofo] = han || bopomofo;
    scripts[japanese] = han || kana;
    scripts[korean] = han || hangul;
    return scripts;
}

}  // namespace

bool mixes_scripts(std::string_view label) {
    if (is_plain_ascii(label)) {
        return false;
    }
    auto shared = Scripts{}.set();
    for (const auto& character : characters(label)) {
        shared &= augmented(script_extensions(character));
    }
    return shared.none();
}

}  // namespace xmppfed::core

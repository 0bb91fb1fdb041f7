#include <nlohmann/json.hpp>

#include "core/text/json/json.hpp"
#include "core/text/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace xmppfed::core;
using xmppfed::fuzz::require;

namespace {

/// Whether a text in UTF-8 holds no control character, no bidirectional control and no line separator, by its octets.
bool can_be_shown(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto at = [&](std::size_t n) {
            return i + n < text.size() ? static_cast<unsigned char>(text[i + n]) : 0U;
        };
        const bool is_control = at(0) < 0x20U || at(0) == 0x7FU || (at(0) == 0xC2U && at(1) < 0xA0U);
        const bool is_mark = at(0) == 0xD8U && at(1) == 0x9CU;                                             // U+061C
        const bool is_general = at(0) == 0xE2U && at(1) == 0x80U &&                                        // U+200E,
                                (at(2) == 0x8EU || at(2) == 0x8FU || (at(2) >= 0xA8U && at(2) <= 0xAEU));  // U+2028 ...
        const bool is_isolate = at(0) == 0xE2U && at(1) == 0x81U && at(2) >= 0xA6U && at(2) <= 0xA9U;      // U+2066 ...
        if (is_control || is_mark || is_general || is_isolate) {
            return false;
        }
    }
    return true;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = xmppfed::fuzz::text_of(data, size);
    std::string joined;
    std::size_t count = 0;
    for (const auto& character : characters(text)) {
        joined += character.bytes;
        ++count;
    }
    require(joined == text && count == length(text), "the characters of a text are all of it");
    require(can_be_shown(escape(text)) && is_utf8(escape(text)), "what is escaped can be shown on a terminal");
    require(can_be_shown(quote(text)), "what is quoted can be shown on a terminal");
    require(display_width(text) <= 2 * count, "a character takes two columns at most");

    const auto json = to_text(Json(std::string{text}), JsonLayout::compact);
    require(can_be_shown(json), "JSON can be shown on a terminal");
    const auto read = Json::parse(json).get<std::string>();
    require(!is_utf8(text) || read == text, "a text is read back from JSON");
    return 0;
}

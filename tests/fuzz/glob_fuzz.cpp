#include <vector>

#include "core/text/domain/glob.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace xmppfed;

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The definition, in time and space of both lengths multiplied.
bool matches(std::string_view pattern, std::string_view text) {
    std::vector<bool> row(text.size() + 1);  // whether the pattern so far matches that many characters of the text
    row[0] = true;
    for (const char wanted : pattern) {
        std::vector<bool> next(text.size() + 1);
        next[0] = wanted == '*' && row[0];
        for (std::size_t i = 1; i <= text.size(); ++i) {
            next[i] = wanted == '*' ? row[i] || next[i - 1]
                                    : row[i - 1] && (wanted == '?' || lower(wanted) == lower(text[i - 1]));
        }
        row = next;
    }
    return row[text.size()];
}

}  // namespace

/// The first line is the pattern.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text_of(data, size);
    const auto pattern = input.substr(0, input.find('\n'));
    const auto text = pattern.size() < input.size() ? input.substr(pattern.size() + 1) : std::string_view{};
    for (const auto character : input) {
        if (static_cast<unsigned char>(character) > 0x7F) {
            // A question mark takes a whole character, which is not what is defined above.
            (void)core::glob_match(pattern, text);
            return 0;
        }
    }
    fuzz::require(core::glob_match(pattern, text) == matches(pattern, text), "a glob matches what its definition says");
    return 0;
}

#include "core/text/domain/glob.hpp"

#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool glob_match(std::string_view pattern, std::string_view text) {
    constexpr auto none = std::string_view::npos;
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = none;     // the last `*` seen
    std::size_t retry_from = 0;  // where in the text it stops matching, so far
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            retry_from = t;
        } else if (p < pattern.size() && pattern[p] == '?') {
            ++p;
            t += characters(text.substr(t)).begin()->bytes.size();
        } else if (p < pattern.size() && lower(pattern[p]) == lower(text[t])) {
            ++p;
            ++t;
        } else if (star != none) {
            p = star + 1;
            t = ++retry_from;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') {
        ++p;
    }
    return p == pattern.size();
}

bool domain_matches(std::string_view pattern, std::string_view domain) {
    auto dotted = with_plain_dots(std::string{pattern});
    if (dotted.size() > 1 && dotted.ends_with('.')) {
        dotted.pop_back();  // the root's dot
    }
    if (glob_match(dotted, domain)) {
        return true;
    }
    const auto unicode = unicode_domain(domain);
    return unicode != domain && glob_match(lower_case(dotted), lower_case(unicode));
}

}  // namespace xmppfed::core

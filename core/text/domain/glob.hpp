#pragma once

#include <string_view>

namespace xmppfed::core {

/// Whether `text` matches `pattern`, in which `*` stands for any characters, dots included, and `?` for one. ASCII
/// letters match in any case. Takes time proportional to the product of the lengths at worst.
[[nodiscard]] bool glob_match(std::string_view pattern, std::string_view text);

/// Whether a canonical domain matches, in its A-label form or in the form for people. The dots of the pattern are those
/// that a domain may be written with.
[[nodiscard]] bool domain_matches(std::string_view pattern, std::string_view domain);

}  // namespace xmppfed::core

#pragma once

#include <string>
#include <string_view>

namespace xmppfed::core {

/// Whether a name, in Unicode, has right-to-left letters or Arabic digits, so that the Bidi rule is for each of its
/// labels (RFC 5893 section 1.4: a "Bidi domain name").
[[nodiscard]] bool is_bidi_name(std::string_view name);

/// Why a label, in Unicode and not empty, breaks the Bidi rule (RFC 5893 section 2), or "". The rule is for every label
/// of a Bidi domain name, those in ASCII included, and for no other name.
[[nodiscard]] std::string bidi_problem(std::string_view label);

}  // namespace xmppfed::core

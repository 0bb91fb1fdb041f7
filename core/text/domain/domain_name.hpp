#pragma once

#include <string>
#include <string_view>

namespace xmppfed::core {

/// A domain name in canonical form, or the reason why a text is none. Exactly one of the two is empty.
struct DomainName {
    std::string name;     ///< lower-case A-labels without a trailing dot
    std::string problem;  ///< continues a sentence that begins with the name: "has an empty label"

    [[nodiscard]] bool valid() const { return problem.empty(); }
};

/// Brings a domain into canonical form. U-labels, any case, the ideographic full stops of UTS 46 and one trailing dot
/// are accepted. Labels outside ASCII, and those that begin with "xn--", follow IDNA2008 (RFC 5891, with the contextual
/// rules of RFC 5892 appendix A) after the non-transitional mapping of UTS 46; a plain label of letters, digits and
/// hyphens needs no IDNA check (RFC 1123 2.1). The whole name meets the Bidi rule (RFC 5893).
/// Refused are IP addresses, ports, paths, JIDs, schemes, wildcards, an all-numeric last label (RFC 3696 2), labels
/// over 63 and names over 253 octets (RFC 1035 2.3.4), and characters that UTS 46 would drop without a word.
[[nodiscard]] DomainName canonical_domain(std::string_view text);

/// Whether a text is a domain in any form, or in the canonical one: what `canonical_domain` tells, without making a name.
[[nodiscard]] bool is_domain(std::string_view text);
[[nodiscard]] bool is_canonical_domain(std::string_view text);

/// The text with each of its dots, those of UTS 46 section 2.3 included, as a full stop.
[[nodiscard]] std::string with_plain_dots(std::string text);

/// The form for people: U-labels where the A-labels stand for some. `domain` is canonical.
[[nodiscard]] std::string unicode_domain(std::string_view domain);

/// Whether `domain` is below `parent`; both are canonical.
[[nodiscard]] bool is_below(std::string_view domain, std::string_view parent);

}  // namespace xmppfed::core

#include "core/text/domain/domain_name.hpp"
#include "core/text/domain/glob.hpp"
#include "core/text/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace xmppfed::core;
using xmppfed::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto domain = canonical_domain(xmppfed::fuzz::text_of(data, size));
    require(domain.name.empty() != domain.problem.empty(), "a text is a domain name, or has a problem");
    require(is_safe(domain.problem), "the problem can be shown on a terminal");
    if (domain.valid()) {
        require(domain.name.size() <= 253, "a name has at most 253 octets");
        require(is_plain_ascii(domain.name), "a name is made of A-labels");
        require(canonical_domain(domain.name).name == domain.name, "the canonical form is its own");
        const auto shown = unicode_domain(domain.name);
        require(canonical_domain(shown).name == domain.name, "the form for people means the same name");
        require(domain_matches(domain.name, domain.name) && domain_matches(shown, domain.name),
                "a name matches itself");
    }
    return 0;
}

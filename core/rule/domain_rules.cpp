#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <libpsl.h>

#include "core/rule/rule_checks.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/domain/idna.hpp"
#include "core/text/domain/script_mix.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core::rule_checks {

namespace {

using SingleRule = void (*)(const NamedDomain& domain, Diagnostics& diagnostics);

NamedDomain additional(std::string_view domain, std::size_t item) {
    return {domain, "additional_domains", "additional domain", item};
}

/// Runs a rule that looks at one domain on the primary domain and the additional ones.
void for_each_claimed(const Partner& partner, SingleRule rule, Diagnostics& diagnostics) {
    rule({partner.primary_domain, "primary_domain", "primary domain"}, diagnostics);
    std::size_t item = 0;
    for (const auto& domain : partner.additional_domains) {
        rule(additional(domain, item++), diagnostics);
    }
}

/// A diagnostic on one domain.
Diagnostic about(const NamedDomain& domain, std::string message, std::string hint = {}) {
    auto result = diagnostic(domain.field, std::move(message), std::move(hint));
    result.item = domain.item;
    return result;
}

/// Whether the list has it in the section of what is delegated by the DNS's own authorities.
bool is_public_suffix(std::string_view domain) {
    constexpr int icann_section = PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE;
    const auto ask = [](const char* text) { return psl_is_public_suffix2(psl_builtin(), text, icann_section) != 0; };
    constexpr std::size_t usual_size = 64;
    std::array<char, usual_size> text{};  // of a whole book every domain is asked for: no room from the heap for each
    if (domain.size() >= text.size()) {
        return ask(std::string{domain}.c_str());
    }
    std::ranges::copy(domain, text.begin());
    return ask(text.data());
}

/// A claimed domain and where it stands in its partner.
NamedDomain named(const Partner& partner, std::string_view domain) {
    if (domain == partner.primary_domain) {
        return {domain, "primary_domain", "primary domain"};
    }
    const auto place = std::ranges::lower_bound(partner.additional_domains, domain);
    return additional(domain, static_cast<std::size_t>(std::distance(partner.additional_domains.begin(), place)));
}

}  // namespace

void invalid(const NamedDomain& domain, Diagnostics& diagnostics) {
    if (!is_domain(domain.value)) {
        const auto result = canonical_domain(domain.value);
        diagnostics.push_back(about(domain, fmt::format("{} {} {}", domain.label, quote(domain.value), result.problem),
                                    "give a domain name such as fabrikam.com"));
    }
}

void single_label(const NamedDomain& domain, Diagnostics& diagnostics) {
    if (domain.value.find('.') == std::string_view::npos && is_domain(domain.value)) {
        diagnostics.push_back(about(
            domain, fmt::format("{} {} has no dot: it is not an internet domain", domain.label, quote(domain.value))));
    }
}

void public_suffix(const NamedDomain& domain, Diagnostics& diagnostics) {
    if (is_public_suffix(domain.value) && is_domain(domain.value)) {
        diagnostics.push_back(about(
            domain,
            fmt::format("{} {} is a public suffix: anybody may register below it", domain.label, quote(domain.value)),
            "name the domain that was registered"));
    }
}

void mixed_script(const NamedDomain& domain, Diagnostics& diagnostics) {
    if (domain.value.find(a_label_prefix) == std::string_view::npos) {
        return;  // as most are: Latin letters alone, for what is a domain is canonical here
    }
    for (const auto& part : split(unicode_domain(domain.value), '.')) {
        if (mixes_scripts(part) && is_domain(domain.value)) {
            diagnostics.push_back(
                about(domain,
                      fmt::format("{} {} mixes scripts in the label {}: it may imitate another domain", domain.label,
                                  quote(domain.value), quote(part)),
                      "compare it with what its owner gave you, letter by letter"));
        }
    }
}

void domain_invalid(const RuleInput& input, Diagnostics& diagnostics) {
    for_each_claimed(input.partner, invalid, diagnostics);
    if (input.partner.proxy_fqdn) {
        invalid({*input.partner.proxy_fqdn, "proxy_fqdn", "proxy FQDN"}, diagnostics);
    }
}

void domain_single_label(const RuleInput& input, Diagnostics& diagnostics) {
    for_each_claimed(input.partner, single_label, diagnostics);
}

void domain_public_suffix(const RuleInput& input, Diagnostics& diagnostics) {
    for_each_claimed(input.partner, public_suffix, diagnostics);
}

void domain_mixed_script(const RuleInput& input, Diagnostics& diagnostics) {
    for_each_claimed(input.partner, mixed_script, diagnostics);
}

void domain_duplicate(const RuleInput& input, Diagnostics& diagnostics) {
    const auto& partner = input.partner;
    const std::string* previous = nullptr;
    std::size_t item = 0;
    for (const auto& domain : partner.additional_domains) {
        const auto here = additional(domain, item++);
        if (domain == partner.primary_domain) {
            diagnostics.push_back(about(here, fmt::format("additional domain {} is the primary domain", quote(domain)),
                                        "leave it out: the primary domain is always included"));
        } else if (previous != nullptr && domain == *previous) {
            diagnostics.push_back(about(here,
                                        fmt::format("additional domain {} is named more than once", quote(domain)),
                                        "name it once; case, a trailing dot and U-labels make no difference"));
        }
        previous = &domain;
    }
}

namespace {

/// A command to type is named for a partner that can have been committed, and for no other text.
std::string hint_for_claim(const Claim& claim) {
    if (claim.is_wish || !is_domain(claim.partner) || !is_domain(claim.domain)) {
        return "a domain belongs to one partner: name it in one only";
    }
    return claim.domain == claim.partner
               ? fmt::format("look at it with `xmppfed partner show {}`; `partner edit` changes it", claim.partner)
               : fmt::format("release it with `xmppfed partner edit {} --remove-domain {}`", claim.partner,
                             claim.domain);
}

}  // namespace

void domain_claimed(const RuleInput& input, Diagnostics& diagnostics) {
    for (const auto& claim : input.claims) {
        const auto domain = named(input.partner, claim.domain);
        diagnostics.push_back(about(
            domain,
            fmt::format("{} {} is claimed by the partner {}", domain.label, quote(claim.domain), quote(claim.partner)),
            hint_for_claim(claim)));
    }
}

void domain_outside_primary(const RuleInput& input, Diagnostics& diagnostics) {
    const auto& primary = input.partner.primary_domain;
    if (!is_domain(primary)) {
        return;  // below what is no domain there is nothing
    }
    std::size_t item = 0;
    for (const auto& domain : input.partner.additional_domains) {
        const auto here = additional(domain, item++);
        if (domain != primary && !is_below(domain, primary) && is_domain(domain)) {
            diagnostics.push_back(about(
                here,
                fmt::format("additional domain {} is not below the primary domain {}", quote(domain), quote(primary)),
                "check that the same organisation runs both"));
        }
    }
}

void domain_own(const RuleInput& input, Diagnostics& diagnostics) {
    if (input.own_domains.empty()) {
        return;
    }
    for (const auto& domain : claimed_domains(input.partner)) {
        if (std::ranges::binary_search(input.own_domains, domain)) {
            diagnostics.push_back(about(named(input.partner, domain),
                                        fmt::format("domain {} is one of our own domains", quote(domain)),
                                        "a domain is either ours or a partner's; see `xmppfed edge show`"));
        }
    }
}

}  // namespace xmppfed::core::rule_checks

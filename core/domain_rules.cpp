#include <algorithm>

#include <fmt/format.h>
#include <libpsl.h>

#include "core/domain_name.hpp"
#include "core/rule_checks.hpp"
#include "core/script_mix.hpp"
#include "core/text.hpp"

namespace xmppfed::core::rule_checks {

namespace {

/// Calls `visit(domain, key, label)` for the primary domain and each additional one.
void for_each_claimed(const Partner& partner, auto visit) {
    visit(partner.primary_domain, "primary_domain", "primary domain");
    for (const auto& domain : partner.additional_domains) {
        visit(domain, "additional_domains", "additional domain");
    }
}

/// The same for the valid ones: what breaks `domain-invalid` has nothing else to say.
void for_each_valid(const Partner& partner, auto visit) {
    for_each_claimed(partner, [&](const std::string& domain, std::string_view key, std::string_view label) {
        if (canonical_domain(domain).valid()) {
            visit(domain, key, label);
        }
    });
}

}  // namespace

void domain_invalid(const RuleInput& input, Diagnostics& findings) {
    const auto look = [&](const std::string& domain, std::string_view key, std::string_view label) {
        if (const auto result = canonical_domain(domain); !result.valid()) {
            findings.push_back(finding(input, key, fmt::format("{} {} {}", label, quote(domain), result.problem),
                                       "give a domain name such as fabrikam.com"));
        }
    };
    for_each_claimed(input.partner, look);
    if (input.partner.proxy_fqdn) {
        look(*input.partner.proxy_fqdn, "proxy_fqdn", "proxy FQDN");
    }
}

void domain_duplicate(const RuleInput& input, Diagnostics& findings) {
    const auto& partner = input.partner;
    const std::string* previous = nullptr;
    for (const auto& domain : partner.additional_domains) {
        if (domain == partner.primary_domain) {
            findings.push_back(finding(input, "additional_domains",
                                       fmt::format("additional domain {} is the primary domain", quote(domain)),
                                       "leave it out: the primary domain is always included"));
        } else if (previous != nullptr && domain == *previous) {
            findings.push_back(finding(input, "additional_domains",
                                       fmt::format("additional domain {} is named more than once", quote(domain)),
                                       "name it once; case, a trailing dot and U-labels make no difference"));
        }
        previous = &domain;
    }
}

void domain_claimed(const RuleInput& input, Diagnostics& findings) {
    for (const auto& claim : input.claims) {
        const bool is_primary = claim.domain == input.partner.primary_domain;
        const auto hint = claim.domain == claim.partner
                              ? fmt::format("change that partner with `xmppfed partner edit {}`", claim.partner)
                              : fmt::format("release it with `xmppfed partner edit {} --remove-domain {}`",
                                            claim.partner, claim.domain);
        findings.push_back(finding(
            input, is_primary ? "primary_domain" : "additional_domains",
            fmt::format("{} {} is claimed by the partner {}", is_primary ? "primary domain" : "additional domain",
                        quote(claim.domain), quote(claim.partner)),
            hint));
    }
}

void domain_outside_primary(const RuleInput& input, Diagnostics& findings) {
    for (const auto& domain : input.partner.additional_domains) {
        const bool is_primary = domain == input.partner.primary_domain;
        if (canonical_domain(domain).valid() && !is_primary && !is_below(domain, input.partner.primary_domain)) {
            findings.push_back(finding(input, "additional_domains",
                                       fmt::format("additional domain {} is not below the primary domain {}",
                                                   quote(domain), quote(input.partner.primary_domain)),
                                       "check that the same organisation runs both"));
        }
    }
}

void domain_single_label(const RuleInput& input, Diagnostics& findings) {
    for_each_valid(input.partner, [&](const std::string& domain, std::string_view key, std::string_view label) {
        if (domain.find('.') == std::string::npos) {
            findings.push_back(finding(
                input, key, fmt::format("{} {} has no dot: it is not an internet domain", label, quote(domain))));
        }
    });
}

void domain_public_suffix(const RuleInput& input, Diagnostics& findings) {
    for_each_valid(input.partner, [&](const std::string& domain, std::string_view key, std::string_view label) {
        constexpr int icann_section = PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE;
        if (psl_is_public_suffix2(psl_builtin(), domain.c_str(), icann_section) != 0) {
            findings.push_back(
                finding(input, key,
                        fmt::format("{} {} is a public suffix: anybody may register below it", label, quote(domain)),
                        "name the domain that the partner registered"));
        }
    });
}

void domain_mixed_script(const RuleInput& input, Diagnostics& findings) {
    for_each_valid(input.partner, [&](const std::string& domain, std::string_view key, std::string_view label) {
        for (const auto& part : split(unicode_domain(domain), '.')) {
            if (mixes_scripts(part)) {
                findings.push_back(
                    finding(input, key,
                            fmt::format("{} {} mixes scripts in the label {}: it may imitate another domain", label,
                                        quote(domain), quote(part)),
                            "compare it with what the partner gave you, letter by letter"));
            }
        }
    });
}

void domain_own(const RuleInput& input, Diagnostics& findings) {
    for_each_claimed(input.partner, [&](const std::string& domain, std::string_view key, std::string_view label) {
        if (std::ranges::binary_search(input.own_domains, domain)) {
            findings.push_back(finding(input, key, fmt::format("{} {} is one of our own domains", label, quote(domain)),
                                       "a domain is either ours or a partner's; see `xmppfed edge show`"));
        }
    });
}

}  // namespace xmppfed::core::rule_checks

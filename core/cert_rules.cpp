#include "core/cert_rules.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <unordered_map>

#include <fmt/format.h>
#include <libpsl.h>

#include "core/field.hpp"
#include "core/rules.hpp"
#include "core/text.hpp"
#include "core/timestamp.hpp"

namespace xmppfed::core {

namespace {

using std::chrono::sys_days;

constexpr int least_rsa_bits = 2048;
constexpr int least_other_bits = 224;

/// From which day a public certificate may last how long.
struct LifetimeLimit {
    sys_days from;
    Days most;
};

constexpr std::array lifetime_limits{
    LifetimeLimit{std::chrono::year{2029} / 3 / 15, Days{47}},
    LifetimeLimit{std::chrono::year{2027} / 3 / 15, Days{100}},
    LifetimeLimit{std::chrono::year{2026} / 3 / 15, Days{200}},
    LifetimeLimit{std::chrono::year{2020} / 9 / 1, Days{398}},
};

/// The wildcard that would cover a DNS name: its left-most label replaced; empty for a name without a dot.
std::string wildcard_over(std::string_view name) {
    const auto dot = name.find('.');
    return dot == std::string_view::npos ? std::string{} : "*" + std::string{name.substr(dot)};
}

/// Tells which names are internal. Thousands of names end in few top-level domains: each is looked up once.
class InternalNames {
  public:
    bool operator()(const CertName& name) {
        const auto last_dot = name.value.rfind('.');
        return name.type == NameType::dns &&
               (last_dot == std::string::npos || !is_public(name.value.substr(last_dot + 1)));
    }

  private:
    bool is_public(const std::string& top_level) {
        const auto [known, is_new] = known_.try_emplace(top_level);
        if (is_new) {
            known->second =
                psl_is_public_suffix2(psl_builtin(), top_level.c_str(), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0;
        }
        return known->second;
    }

    std::unordered_map<std::string, bool> known_;
};

void add_internal_names(std::span<const CertName> names, Diagnostics& findings) {
    InternalNames is_internal;
    const auto first = std::ranges::find_if(names, std::ref(is_internal));
    if (first == names.end()) {
        return;
    }
    const auto count = static_cast<std::size_t>(std::count_if(first, names.end(), std::ref(is_internal)));
    findings.push_back(make_finding(
        "cert-internal-name", "names",
        fmt::format("{} that no public CA can verify, such as {}", counted(count, "name"), quote(first->value)),
        "leave them out, or use a private CA"));
}

/// Whether a name may be missing. An XmppAddr has U-labels (RFC 6120 section 13.7.1.4), what is allowed is canonical.
bool is_allowed(const CertName& name, std::span<const std::string> allowed) {
    return !allowed.empty() && (std::ranges::count(allowed, name.value) != 0 ||
                                std::ranges::count(allowed, canonical_or_as_is(name.value)) != 0);
}

}  // namespace

Days days_left(std::chrono::sys_seconds not_after, std::chrono::sys_seconds now) {
    return std::chrono::floor<Days>(not_after - now);
}

Diagnostics check_dates(const Certificate& certificate, std::chrono::sys_seconds now, Days warn) {
    if (now > certificate.not_after) {
        return {make_finding("cert-expired", "not_after",
                             fmt::format("the certificate expired at {}", timestamp(certificate.not_after)),
                             "renew it: `xmppfed cert request --renew N`")};
    }
    if (now < certificate.not_before) {
        return {make_finding("cert-not-yet-valid", "not_before",
                             fmt::format("the certificate is not valid before {}", timestamp(certificate.not_before)),
                             "wait until then, and check the clock of this machine")};
    }
    const auto left = days_left(certificate.not_after, now);
    if (left >= warn) {
        return {};
    }
    return {make_finding("cert-expires-soon", "not_after",
                         fmt::format("the certificate expires at {}, in {}", timestamp(certificate.not_after),
                                     counted(static_cast<std::size_t>(left.count()), "day")),
                         "renew it: `xmppfed cert request --renew N`")};
}

Diagnostics check_lifetime(const Certificate& certificate) {
    const auto* const limit = std::ranges::find_if(
        lifetime_limits, [&](const LifetimeLimit& row) { return certificate.not_before >= row.from; });
    // Both ends count, so a day after midnight to the next midnight is a second longer than a day.
    const auto lasts = certificate.not_after - certificate.not_before + std::chrono::seconds(1);
    if (limit == lifetime_limits.end() || lasts <= limit->most) {
        return {};
    }
    return {make_finding("cert-lifetime-too-long", "not_after",
                         fmt::format("the certificate lasts {}, and public CAs may issue {} at most since {}",
                                     counted(static_cast<std::size_t>(std::chrono::ceil<Days>(lasts).count()), "day"),
                                     counted(static_cast<std::size_t>(limit->most.count()), "day"),
                                     timestamp(limit->from).substr(0, 10)),
                         "peers that hold private CAs to the same limit refuse it; ask for a shorter one")};
}

Diagnostics check_issuance(const Certificate& certificate) {
    if (!certificate.is_ca) {
        return {};
    }
    return {make_finding("cert-is-ca", {}, "the certificate is that of a CA, not of a server",
                         "give the issued certificate, and the CA's with --chain")};
}

Diagnostics check_signature(const CertContent& content, std::string_view what) {
    if (!content.weak_signature) {
        return {};
    }
    return {make_finding("cert-signature-weak", "signature",
                         fmt::format("{} is signed by {}", what, escape(content.signature)),
                         "have it signed with SHA-256 or stronger")};
}

Diagnostics check_key(const PublicKey& key) {
    const bool is_rsa = key.kind && key.kind->algorithm == KeyAlgorithm::rsa;
    const bool weak = is_rsa ? key.bits < least_rsa_bits || key.bits % 8 != 0 : key.bits < least_other_bits;
    if (!weak) {
        return {};
    }
    return {make_finding(
        "cert-key-weak", "key",
        is_rsa ? fmt::format("the key has {} bits; RSA needs at least {}, in whole octets", key.bits, least_rsa_bits)
               : fmt::format("the key is {}", escape(key.description)),
        "make a new request: leave --key out to have a new key made")};
}

Diagnostics check_key(const KeyKind& key) {
    PublicKey described;
    described.kind = key;
    described.bits = key.algorithm == KeyAlgorithm::rsa ? key.bits : least_other_bits;  // each known curve is strong
    return check_key(described);
}

NameSet::NameSet(std::span<const CertName> names) {
    for (const auto& name : names) {
        add(name);
    }
}

void NameSet::add(const CertName& name) {
    names_.emplace(name.type, name.value);
}

bool NameSet::covers(const CertName& needed) const {
    return has(needed.type, needed.value) || (needed.type == NameType::dns && !needed.value.starts_with(wildcard) &&
                                              has(NameType::dns, wildcard_over(needed.value)));
}

std::vector<CertName> surplus_names(std::span<const CertName> names, std::span<const CertName> needed) {
    NameSet wanted{needed};
    for (const auto& name : needed) {
        if (name.type == NameType::dns) {
            wanted.add({NameType::dns, wildcard_over(name.value), name.source});
        }
    }
    std::vector<CertName> surplus;
    std::ranges::copy_if(names, std::back_inserter(surplus),
                         [&](const CertName& name) { return !wanted.has(name.type, name.value); });
    return surplus;
}

Diagnostics check_names(std::span<const CertName> names, std::span<const CertName> needed,
                        std::span<const std::string> allowed) {
    const NameSet present{names};
    Diagnostics missing;
    Diagnostics wildcards;
    for (const auto& name : needed) {
        if (present.covers(name) || is_allowed(name, allowed)) {
            continue;
        }
        missing.push_back(
            make_finding("cert-name-missing", "names",
                         fmt::format("the name {} ({}) is missing", quote(name.value), name_of(name.type)),
                         "ask the CA for it when it was requested; else make a new request: `xmppfed cert request`"));
        if (const auto over = std::string{wildcard} + name.value;
            name.type == NameType::dns && present.has(NameType::dns, over)) {
            wildcards.push_back(make_finding("cert-wildcard-insufficient", "names",
                                             fmt::format("{} covers one label below {}, and not {} itself", quote(over),
                                                         quote(name.value), quote(name.value)),
                                             "name the domain itself: a peer looks for the domain of the stream"));
        }
    }
    std::ranges::move(wildcards, std::back_inserter(missing));
    return missing;
}

Diagnostic client_auth_finding(std::string_view cause, const std::vector<std::string>& dependents) {
    constexpr std::string_view rule = "cert-client-auth-missing";
    if (dependents.empty()) {
        return make_finding(rule, {}, std::string{cause},
                            "where a partner depends on SASL EXTERNAL, have a private CA issue it, or let the partner "
                            "fall back on dialback: `xmppfed partner edit DOMAIN --preset flexible`");
    }
    return make_finding(
        rule, {},
        fmt::format("{}, and {} on SASL without dialback", cause,
                    counted(dependents.size(), "partner") + (dependents.size() == 1 ? " depends" : " depend")),
        fmt::format("have a private CA issue it, or let {} fall back on dialback: `xmppfed partner "
                    "edit {} --preset flexible`",
                    shortened_list(dependents), dependents.front()));
}

Diagnostics check_client_auth(const CertContent& content, const std::vector<std::string>& dependents) {
    if (content.client_auth) {
        return {};
    }
    return {client_auth_finding("the certificate lacks client authentication", dependents)};
}

Diagnostics check_public_ca(const CertSubject& subject, std::span<const CertName> names) {
    Diagnostics findings;
    add_internal_names(names, findings);
    if (std::ranges::any_of(names, [](const CertName& name) { return name.type != NameType::dns; })) {
        findings.push_back(make_finding("cert-othername-public-ca", "names",
                                        "SRV-IDs and XmppAddrs are for a private CA: public CAs must not issue them",
                                        "leave out --srv-names and --xmpp-addrs for a public CA"));
    }
    if (!subject.organizational_unit.empty()) {
        findings.push_back(make_finding("cert-ou-present", "organizational_unit",
                                        "the subject has an organizational unit, which public CAs drop"));
    }
    return findings;
}

}  // namespace xmppfed::core

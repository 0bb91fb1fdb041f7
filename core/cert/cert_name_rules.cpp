#include "core/cert/cert_name_rules.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <unordered_map>

#include <fmt/format.h>
#include <libpsl.h>

#include "core/field/field.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

/// The wildcard that would cover a DNS name: its left-most label replaced. Empty where fewer than two labels would follow,
/// as for a name right below a top-level domain: verifiers take no such wildcard (OpenSSL's and GnuTLS' do not).
std::string wildcard_over(std::string_view name) {
    const auto first = name.find('.');
    const auto is_covered = first != std::string_view::npos && name.find('.', first + 1) != std::string_view::npos;
    return is_covered ? "*" + std::string{name.substr(first)} : std::string{};
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

void add_internal_names(std::span<const CertName> names, Diagnostics& diagnostics) {
    InternalNames is_internal;
    const auto first = std::ranges::find_if(names, std::ref(is_internal));
    if (first == names.end()) {
        return;
    }
    const auto count = static_cast<std::size_t>(std::count_if(first, names.end(), std::ref(is_internal)));
    diagnostics.push_back(make_diagnostic(
        rule::cert_internal_name, "names",
        fmt::format("{} that no public CA can verify, such as {}", counted(count, "name"), quote(first->value)),
        "leave them out, or use a private CA"));
}

/// Whether a name may be missing. An XmppAddr has U-labels (RFC 6120 section 13.7.1.4), what is allowed is canonical.
bool is_allowed(const CertName& name, const std::set<std::string_view>& allowed) {
    return !allowed.empty() && (allowed.contains(name.value) || allowed.contains(canonical_or_as_is(name.value)));
}

}  // namespace

NameSet::NameSet(std::span<const CertName> names) {
    for (const auto& name : names) {
        add(name);
    }
}

void NameSet::add(const CertName& name) {
    names_.emplace(name.type, name.value);
}

bool NameSet::covers(const CertName& needed) const {
    if (has(needed.type, needed.value)) {
        return true;
    }
    const bool may_be_covered = needed.type == NameType::dns && !needed.value.starts_with(wildcard);
    const auto over = may_be_covered ? wildcard_over(needed.value) : std::string{};
    return !over.empty() && has(NameType::dns, over);
}

std::vector<CertName> surplus_names(std::span<const CertName> names, std::span<const CertName> needed) {
    NameSet wanted{needed};
    for (const auto& name : needed) {
        if (auto over = name.type == NameType::dns ? wildcard_over(name.value) : std::string{}; !over.empty()) {
            wanted.add({NameType::dns, std::move(over), name.source});
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
    const std::set<std::string_view> may_lack{allowed.begin(), allowed.end()};
    Diagnostics missing;
    Diagnostics wildcards;
    for (const auto& name : needed) {
        if (name.source == NameSource::access_edge && present.covers(name) && !present.has(name.type, name.value)) {
            wildcards.push_back(
                make_diagnostic(rule::cert_wildcard_edge, "names",
                                fmt::format("only the wildcard {} covers the Access Edge FQDN {}",
                                            quote(wildcard_over(name.value)), quote(name.value)),
                                "name it itself: Skype for Business and Lync take no wildcard for the Access Edge"));
        }
        if (present.covers(name) || is_allowed(name, may_lack)) {
            continue;
        }
        missing.push_back(make_diagnostic(
            rule::cert_name_missing, "names",
            fmt::format("the name {} ({}) is missing", quote(name.value), name_of(name.type)),
            "ask the CA for it when it was requested; else make a new request: `xmppfed cert request`"));
        if (const auto over = std::string{wildcard} + name.value;
            name.type == NameType::dns && present.has(NameType::dns, over)) {
            wildcards.push_back(make_diagnostic(rule::cert_wildcard_insufficient, "names",
                                                fmt::format("{} covers one label below {}, and not {} itself",
                                                            quote(over), quote(name.value), quote(name.value)),
                                                "name the domain itself: a peer looks for the domain of the stream"));
        }
    }
    std::ranges::move(wildcards, std::back_inserter(missing));
    return missing;
}

Diagnostics check_public_ca(const CertSubject& subject, std::span<const CertName> names) {
    Diagnostics diagnostics;
    add_internal_names(names, diagnostics);
    if (std::ranges::any_of(names, [](const CertName& name) { return name.type != NameType::dns; })) {
        diagnostics.push_back(
            make_diagnostic(rule::cert_othername_public_ca, "names",
                            "SRV-IDs and XmppAddrs are for a private CA: public CAs must not issue them",
                            "leave out --srv-names and --xmpp-addrs for a public CA"));
    }
    if (!subject.organizational_unit.empty()) {
        diagnostics.push_back(make_diagnostic(rule::cert_ou_present, "organizational_unit",
                                              "the subject has an organizational unit, which public CAs drop"));
    }
    return diagnostics;
}

}  // namespace xmppfed::core

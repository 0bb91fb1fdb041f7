#include "core/cert/cert_request.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <unordered_set>

#include <fmt/format.h>

#include "core/cert/cert_name_rules.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/error.hpp"
#include "core/rule/rules.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::size_t longest_common_name = 64;  // RFC 5280 appendix A.1: ub-common-name

constexpr std::array states{EnumValue{"pending", {}},  EnumValue{"issued", {}},    EnumValue{"assigned", {}},
                            EnumValue{"replaced", {}}, EnumValue{"cancelled", {}}, EnumValue{"retired", {}}};

constexpr std::array retirement_reasons{EnumValue{"key-compromise", "somebody else may have the key"},
                                        EnumValue{"superseded", "another certificate takes its place"},
                                        EnumValue{"cessation", "what it was for has ended"}};

constexpr std::array sip_domain_choices{EnumValue{"all", {}}, EnumValue{"none", {}}, EnumValue{"chosen", {}}};

/// Collects names in order, each once for its type.
class NameList {
  public:
    explicit NameList(std::size_t usual_size) {
        names_.reserve(usual_size);
        seen_.reserve(usual_size);
    }
    NameList(const NameList&) = delete;
    NameList& operator=(const NameList&) = delete;
    ~NameList() = default;

    void add(NameType type, std::string value, NameSource source) {
        names_.push_back({type, std::move(value), source});
        if (names_.back().value.empty() || !seen_.insert(names_.size() - 1).second) {
            names_.pop_back();
        }
    }
    void add_dns(std::string value, NameSource source) { add(NameType::dns, std::move(value), source); }
    [[nodiscard]] std::vector<CertName> take() && { return std::move(names_); }

  private:
    /// Hashes and compares names by their index: thousands are not copied, and nothing points into a vector that grows.
    struct ByIndex {
        const std::vector<CertName>* names;
        std::size_t operator()(std::size_t i) const { return std::hash<std::string>{}((*names)[i].value); }
        bool operator()(std::size_t i, std::size_t j) const {
            return (*names)[i].type == (*names)[j].type && (*names)[i].value == (*names)[j].value;
        }
    };

    std::vector<CertName> names_;
    std::unordered_set<std::size_t, ByIndex, ByIndex> seen_{0, ByIndex{&names_}, ByIndex{&names_}};
};

std::string_view without_wildcard(std::string_view name) {
    return name.starts_with(wildcard) ? name.substr(wildcard.size()) : name;
}

/// The diagnostic on an additional name or the common name, if there is one; `domain` is what it is without its wildcard.
void check_additional(const std::string& text, const DomainName& domain, Diagnostics& diagnostics) {
    if (!domain.valid()) {
        diagnostics.push_back(make_diagnostic(rule::domain_invalid, "names",
                                              fmt::format("additional name {} {}", quote(text), domain.problem),
                                              "give a domain name such as im.contoso.com, or a wildcard below one"));
    } else if (text.starts_with(wildcard)) {
        diagnostics.push_back(
            make_diagnostic(rule::cert_wildcard_insufficient, "names",
                            fmt::format("additional name {} covers one label below {}, and not {} itself", quote(text),
                                        quote(domain.name), quote(domain.name)),
                            "name the domains themselves: a peer looks for the domain of the stream"));
    }
}

/// The diagnostics on names that are made from valid domains, and then longer than a name may be.
Diagnostics check_lengths(std::span<const CertName> names) {
    Diagnostics diagnostics;
    for (const auto& name : names) {
        const bool is_made = name.source == NameSource::sip_domain;
        if (const auto domain = is_made ? canonical_domain(name.value) : DomainName{}; !domain.valid()) {
            diagnostics.push_back(make_diagnostic(rule::domain_invalid, "names",
                                                  fmt::format("the name {} {}", quote(name.value), domain.problem),
                                                  "leave the SIP domain out with --sip-domain or --no-sip-domains"));
        }
    }
    return diagnostics;
}

/// A domain with the wildcard that stood before it.
std::string with_wildcard_of(std::string_view text, DomainName domain) {
    return std::move(domain.name.insert(0, text.substr(0, text.size() - without_wildcard(text).size())));
}

/// A common name that is a domain is written as its DNS-ID: CAs want each of them to be one of the other.
std::string as_name(const std::string& text) {
    auto domain = canonical_domain(without_wildcard(text));
    return domain.valid() ? with_wildcard_of(text, std::move(domain)) : text;
}

std::vector<std::string> chosen_sip_domains(const Edge& edge, const RequestWish& wish) {
    if (wish.sip_domains != SipDomains::chosen) {
        return wish.sip_domains == SipDomains::all ? edge.sip_domains : std::vector<std::string>{};
    }
    const std::set<std::string_view> known{edge.sip_domains.begin(), edge.sip_domains.end()};
    std::set<std::string> chosen;
    for (const auto& text : wish.chosen_sip_domains) {
        const auto domain = canonical_or_as_is(text);
        if (!known.contains(domain)) {
            throw Error{ErrorKind::usage, fmt::format("--sip-domain {} is none of the edge's SIP domains", quote(text))}
                .hint("`xmppfed edge show` lists them");
        }
        chosen.insert(domain);
    }
    std::vector<std::string> domains;  // in the edge's order
    std::ranges::copy_if(edge.sip_domains, std::back_inserter(domains),
                         [&](const std::string& domain) { return chosen.contains(domain); });
    return domains;
}

CertSubject planned_subject(const Edge& edge, const RequestWish& wish) {
    auto source = edge;
    for (const auto& assignment : wish.subject) {
        assignment.field->read(source, assignment.items);
    }
    auto subject = subject_of(source);
    const bool fits = edge.access_edge.size() <= longest_common_name;
    subject.common_name = as_name(wish.common_name.value_or(fits ? edge.access_edge : std::string{}));
    return subject;
}

/// The names of the request; `diagnostics` are on the additional ones.
std::vector<CertName> planned_names(const Edge& edge, const RequestWish& wish, const std::string& common_name,
                                    Diagnostics& diagnostics) {
    NameList names{wish.additional_names.size() + 3 * edge.sip_domains.size() + 3};
    names.add_dns(edge.access_edge, NameSource::access_edge);
    names.add_dns(edge.web_conferencing, NameSource::web_conferencing);
    for (const auto& domain : chosen_sip_domains(edge, wish)) {
        names.add_dns("sip." + domain, NameSource::sip_domain);
    }
    const auto& xmpp_domains = effective_xmpp_domains(edge);
    for (const auto& domain : xmpp_domains) {
        names.add_dns(domain, NameSource::xmpp_domain);
    }
    for (const auto& name : wish.additional_names) {
        auto domain = canonical_domain(without_wildcard(name));
        check_additional(name, domain, diagnostics);
        names.add_dns(domain.valid() ? with_wildcard_of(name, std::move(domain)) : name, NameSource::additional);
    }
    if (auto domain = canonical_domain(without_wildcard(common_name)); domain.valid()) {
        check_additional(common_name, domain, diagnostics);
        names.add_dns(with_wildcard_of(common_name, std::move(domain)), NameSource::additional);
    }
    for (const auto& domain : xmpp_domains) {
        if (wish.srv_names) {
            names.add(NameType::srv, "_xmpp-server." + domain, NameSource::xmpp_domain);
        }
    }
    for (const auto& domain : xmpp_domains) {
        if (wish.xmpp_addrs) {
            names.add(NameType::xmpp_addr, unicode_domain(domain), NameSource::xmpp_domain);
        }
    }
    return std::move(names).take();
}

/// The names without additional ones that are no domains, of which more need not be said.
std::vector<CertName> domains_of(std::vector<CertName> names) {
    std::erase_if(names, [](const CertName& name) {
        return name.source == NameSource::additional && !canonical_domain(without_wildcard(name.value)).valid();
    });
    return names;
}

Diagnostics check_client_auth(const RequestWish& wish, const std::vector<std::string>& dependents) {
    const bool private_ca = wish.srv_names || wish.xmpp_addrs || !wish.template_name.empty();
    if (dependents.empty() || (wish.client_auth && private_ca)) {
        return {};
    }
    return {client_auth_diagnostic(wish.client_auth ? "public CAs leave client authentication out of certificates"
                                                    : "the request leaves client authentication out",
                                   dependents)};
}

void append(Diagnostics& diagnostics, Diagnostics more) {
    std::ranges::move(more, std::back_inserter(diagnostics));
}

}  // namespace

template <>
std::span<const EnumValue> values_of<RequestState>() {
    return states;
}

template <>
std::span<const EnumValue> values_of<RetirementReason>() {
    return retirement_reasons;
}

template <>
std::span<const EnumValue> values_of<SipDomains>() {
    return sip_domain_choices;
}

RequestPlan plan_request(const Edge& edge, const RequestWish& wish, const std::vector<std::string>& dependents) {
    RequestPlan plan;
    plan.subject = planned_subject(edge, wish);
    Diagnostics on_names;
    plan.names = planned_names(edge, wish, plan.subject.common_name, on_names);
    auto& diagnostics = plan.diagnostics;
    append(diagnostics, check_complete(edge));
    const bool is_sound = count(on_names, Severity::error) == 0;
    append(diagnostics, std::move(on_names));
    append(diagnostics, check_lengths(plan.names));
    append(diagnostics, check_subject(plan.subject));
    append(diagnostics, check_client_auth(wish, dependents));
    append(diagnostics, is_sound ? check_public_ca(plan.subject, plan.names)
                                 : check_public_ca(plan.subject, domains_of(plan.names)));
    return plan;
}

Diagnostics check_complete(const Edge& edge) {
    if (!edge.access_edge.empty()) {
        return {};
    }
    return {make_diagnostic(rule::edge_incomplete, "access_edge", "the Access Edge FQDN is not set",
                            "set it with `xmppfed edge set --access-edge sip.contoso.com`")};
}

RequestWish wish_of(const CertRequest& request, const Edge& edge) {
    RequestWish wish{request.basis, {}, request.template_name};
    const std::set<std::string_view> known{edge.sip_domains.begin(), edge.sip_domains.end()};
    std::erase_if(wish.chosen_sip_domains,
                  [&](const std::string& domain) { return !known.contains(canonical_or_as_is(domain)); });
    if (wish.sip_domains == SipDomains::chosen && wish.chosen_sip_domains.empty()) {
        wish.sip_domains = SipDomains::none;
    }
    for (const auto& name : request.names) {
        if (name.source == NameSource::additional) {
            wish.additional_names.push_back(name.value);
        }
    }
    return wish;
}

}  // namespace xmppfed::core

#include "core/edge/edge.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <unordered_set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

using Items = std::span<const std::string>;
using Domains = std::vector<std::string>;

constexpr std::string_view names_page = "Names";
constexpr std::string_view subject_page = "Organisation";

std::string read_domain(Items items) {
    return canonical_or_as_is(items.front());
}

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

const std::array fields_of_the_edge{
    EdgeField{"access_edge",
              "access-edge",
              "FQDN",
              "Access Edge FQDN",
              names_page,
              "the name under which the edge is reached, and the target of SRV records",
              FieldKind::domain,
              {},
              [](Edge& edge, Items items) { edge.access_edge = read_domain(items); },
              [](const Edge& edge) { return or_null(edge.access_edge); }},
    EdgeField{"web_conferencing",
              "web-conferencing",
              "FQDN",
              "Web Conferencing Edge FQDN",
              names_page,
              "the name of the Web Conferencing Edge service",
              FieldKind::domain,
              {},
              [](Edge& edge, Items items) { edge.web_conferencing = read_domain(items); },
              [](const Edge& edge) { return or_null(edge.web_conferencing); }},
    EdgeField{"sip_domains",
              "sip-domain",
              "DOMAIN[,DOMAIN...]",
              "SIP domains",
              names_page,
              "our SIP domains, the primary one first (repeatable); replaces the list",
              FieldKind::domain_set,
              {},
              [](Edge& edge, Items items) { edge.sip_domains = read_domain_list(items); },
              [](const Edge& edge) { return Json(edge.sip_domains); }},
    EdgeField{"xmpp_domains",
              "xmpp-domain",
              "DOMAIN[,DOMAIN...]",
              "XMPP domains",
              names_page,
              "our XMPP domains (repeatable); replaces the list; \"\": the SIP domains count",
              FieldKind::domain_set,
              {},
              [](Edge& edge, Items items) {
                  edge.xmpp_domains = items.empty() ? std::nullopt : std::optional{read_domain_list(items)};
              },
              [](const Edge& edge) { return edge.xmpp_domains ? Json(*edge.xmpp_domains) : Json{}; }},
    EdgeField{"organization",
              "organization",
              "TEXT",
              "Organization",
              subject_page,
              "the name of our organisation",
              FieldKind::text,
              {},
              [](Edge& edge, Items items) { edge.organization = items.front(); },
              [](const Edge& edge) { return or_null(edge.organization); }},
    EdgeField{"organizational_unit",
              "organizational-unit",
              "TEXT",
              "Organizational unit",
              subject_page,
              "a part of it; public CAs drop it",
              FieldKind::text,
              {},
              [](Edge& edge, Items items) { edge.organizational_unit = items.front(); },
              [](const Edge& edge) { return or_null(edge.organizational_unit); }},
    EdgeField{"city",
              "city",
              "TEXT",
              "City",
              subject_page,
              "written in full",
              FieldKind::text,
              {},
              [](Edge& edge, Items items) { edge.city = items.front(); },
              [](const Edge& edge) { return or_null(edge.city); }},
    EdgeField{"state",
              "state",
              "TEXT",
              "State or province",
              subject_page,
              "written in full",
              FieldKind::text,
              {},
              [](Edge& edge, Items items) { edge.state = items.front(); },
              [](const Edge& edge) { return or_null(edge.state); }},
    EdgeField{"country",
              "country",
              "CODE",
              "Country",
              subject_page,
              "two-letter code of ISO 3166-1",
              FieldKind::text,
              {},
              [](Edge& edge, Items items) { edge.country = upper(items.front()); },
              [](const Edge& edge) { return or_null(edge.country); }},
};

void add_to(Diagnostics& findings, Diagnostics more) {
    std::ranges::move(more, std::back_inserter(findings));
}

Diagnostics duplicates(const Domains& domains, std::string_view key, std::string_view label) {
    Diagnostics findings;
    std::unordered_set<std::string_view> earlier;
    for (auto domain = domains.begin(); domain != domains.end(); ++domain) {
        if (!earlier.insert(*domain).second) {
            findings.push_back(make_finding(rule::domain_duplicate, key,
                                            fmt::format("{} {} is named more than once", label, quote(*domain)),
                                            "name it once"));
            findings.back().item = static_cast<std::size_t>(std::distance(domains.begin(), domain));
        }
    }
    return findings;
}

}  // namespace

std::span<const EdgeField> edge_fields() {
    return fields_of_the_edge;
}

const std::vector<std::string>& effective_xmpp_domains(const Edge& edge) {
    return edge.xmpp_domains ? *edge.xmpp_domains : edge.sip_domains;
}

std::vector<std::string> own_domains(const Edge& edge) {
    auto domains = edge.sip_domains;
    const auto& xmpp = effective_xmpp_domains(edge);
    domains.insert(domains.end(), xmpp.begin(), xmpp.end());
    std::ranges::sort(domains);
    domains.erase(std::unique(domains.begin(), domains.end()), domains.end());
    return domains;
}

CertSubject subject_of(const Edge& edge) {
    return {.country = edge.country,
            .state = edge.state,
            .locality = edge.city,
            .organization = edge.organization,
            .organizational_unit = edge.organizational_unit,
            .common_name = {}};
}

Diagnostics judge(const Edge& edge, std::span<const Claim> claims) {
    const auto xmpp_domains = edge.xmpp_domains.value_or(Domains{});
    std::vector<NamedDomain> domains;
    const auto name = [&](const std::string& domain, std::string_view key, std::string_view label) {
        if (!domain.empty()) {
            domains.push_back({domain, key, label});
        }
    };
    name(edge.access_edge, "access_edge", "Access Edge FQDN");
    name(edge.web_conferencing, "web_conferencing", "Web Conferencing Edge FQDN");
    const auto name_list = [&](const Domains& list, std::string_view key, std::string_view label) {
        std::size_t item = 0;
        for (const auto& domain : list) {
            domains.push_back({domain, key, label, item++});
        }
    };
    name_list(edge.sip_domains, "sip_domains", "SIP domain");
    name_list(xmpp_domains, "xmpp_domains", "XMPP domain");

    auto findings = check_domains(domains);
    add_to(findings, duplicates(edge.sip_domains, "sip_domains", "SIP domain"));
    add_to(findings, duplicates(xmpp_domains, "xmpp_domains", "XMPP domain"));
    add_to(findings, check_subject(subject_of(edge)));
    const std::unordered_set<std::string_view> sip_domains{edge.sip_domains.begin(), edge.sip_domains.end()};
    for (const auto& claim : claims) {
        const bool is_sip = sip_domains.contains(claim.domain);
        auto own = make_finding(
            rule::domain_own, is_sip ? "sip_domains" : "xmpp_domains",
            fmt::format("domain {} is ours, and the partner {} claims it", quote(claim.domain), quote(claim.partner)),
            fmt::format("a domain is either ours or a partner's; see `xmppfed partner show {}`", claim.partner));
        own.partner = claim.partner;
        findings.push_back(std::move(own));
    }
    return findings;
}

Json to_json(const Edge& edge) {
    Json json = Json::object();
    for (const auto& field : fields_of_the_edge) {
        json[std::string{field.key}] = field.write(edge);
        if (field.key == "xmpp_domains") {
            json["effective_xmpp_domains"] = effective_xmpp_domains(edge);
        }
    }
    return json;
}

}  // namespace xmppfed::core

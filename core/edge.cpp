#include "core/edge.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/rules.hpp"
#include "core/text.hpp"

namespace xmppfed::core {

namespace {

using Items = std::span<const std::string>;
using Domains = std::vector<std::string>;

constexpr std::string_view names_page = "Names";
constexpr std::string_view subject_page = "Organisation";

/// In the order given: the first SIP domain is the primary one.
Domains read_domains(Items items) {
    Domains domains;
    std::ranges::transform(items, std::back_inserter(domains), canonical_or_as_is);
    return domains;
}

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
              [](Edge& edge, Items items) { edge.sip_domains = read_domains(items); },
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
                  edge.xmpp_domains = items.empty() ? std::nullopt : std::optional{read_domains(items)};
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

bool assigns(const EdgeChange& change, std::string_view key) {
    return std::ranges::any_of(change.assignments,
                               [&](const auto& assignment) { return assignment.field->key == key; });
}

void refuse_contradictions(const EdgeChange& change, std::string_view key, const Domains& add, const Domains& remove) {
    const bool whole = assigns(change, key) || (key == "xmpp_domains" && change.no_xmpp_domains);
    if (whole && (!add.empty() || !remove.empty())) {
        throw Error{ErrorKind::usage, fmt::format("{} is replaced as a whole and changed by single domains", key)}.hint(
            "name the whole list, or single domains");
    }
    for (const auto& domain : read_domains(add)) {
        if (std::ranges::count(read_domains(remove), domain) > 0) {
            throw Error{ErrorKind::usage, fmt::format("{} is both added and removed", quote(domain))};
        }
    }
}

void add_to(Diagnostics& findings, Diagnostics more) {
    std::ranges::move(more, std::back_inserter(findings));
}

void change_list(Domains& list, const Domains& add, const Domains& remove, ChangedEdge& result) {
    for (const auto& domain : read_domains(add)) {
        if (std::ranges::count(list, domain) > 0) {
            result.notes.push_back(fmt::format("{} is in the list already", quote(domain)));
        } else {
            list.push_back(domain);
        }
    }
    for (const auto& domain : read_domains(remove)) {
        if (auto findings = check_domain_argument(domain); !findings.empty()) {
            add_to(result.findings, std::move(findings));
        } else if (std::erase(list, domain) == 0) {
            result.notes.push_back(fmt::format("{} is not in the list", quote(domain)));
        }
    }
}

Diagnostics duplicates(const Domains& domains, std::string_view key, std::string_view label) {
    Diagnostics findings;
    for (auto domain = domains.begin(); domain != domains.end(); ++domain) {
        if (std::count(domains.begin(), domain, *domain) > 0) {
            findings.push_back(make_finding("domain-duplicate", key,
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

bool EdgeChange::names_a_field() const {
    return !assignments.empty() || !add_sip_domains.empty() || !remove_sip_domains.empty() ||
           !add_xmpp_domains.empty() || !remove_xmpp_domains.empty() || no_xmpp_domains;
}

ChangedEdge apply(const EdgeChange& change, Edge before) {
    refuse_contradictions(change, "sip_domains", change.add_sip_domains, change.remove_sip_domains);
    refuse_contradictions(change, "xmpp_domains", change.add_xmpp_domains, change.remove_xmpp_domains);
    if (change.no_xmpp_domains && assigns(change, "xmpp_domains")) {
        throw Error{ErrorKind::usage, "--no-xmpp-domains excludes --xmpp-domain"};
    }
    ChangedEdge result{.edge = std::move(before)};
    auto& edge = result.edge;
    for (const auto& assignment : change.assignments) {
        assignment.field->read(edge, assignment.items);
    }
    change_list(edge.sip_domains, change.add_sip_domains, change.remove_sip_domains, result);
    if (change.no_xmpp_domains) {
        edge.xmpp_domains = Domains{};
    }
    auto xmpp_domains = effective_xmpp_domains(edge);
    change_list(xmpp_domains, change.add_xmpp_domains, change.remove_xmpp_domains, result);
    if (xmpp_domains != effective_xmpp_domains(edge)) {  // else those that count stay those of SIP, if they were
        edge.xmpp_domains = std::move(xmpp_domains);
    }
    return result;
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
    for (const auto& claim : claims) {
        const bool is_sip = std::ranges::count(edge.sip_domains, claim.domain) > 0;
        auto own = make_finding(
            "domain-own", is_sip ? "sip_domains" : "xmpp_domains",
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

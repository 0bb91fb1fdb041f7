#include "core/edge/edge.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <unordered_set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/field/field_row.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

using field_row::field;
using Domains = std::vector<std::string>;

constexpr std::string_view names_page = "Names";
constexpr std::string_view subject_page = "Organisation";

const std::array fields_of_the_edge{
    field<FieldKind::domain, &Edge::access_edge>({
        .key = "access_edge",
        .option = "access-edge",
        .value_name = "FQDN",
        .label = "Access Edge FQDN",
        .group = names_page,
        .meaning = "the name under which the edge is reached, and the target of SRV records",
        .null_when_empty = true,
    }),
    field<FieldKind::domain, &Edge::web_conferencing>({
        .key = "web_conferencing",
        .option = "web-conferencing",
        .value_name = "FQDN",
        .label = "Web Conferencing Edge FQDN",
        .group = names_page,
        .meaning = "the name of the Web Conferencing Edge service",
        .null_when_empty = true,
    }),
    field<FieldKind::domain_list, &Edge::sip_domains>({
        .key = "sip_domains",
        .option = "sip-domain",
        .value_name = "DOMAIN[,DOMAIN...]",
        .label = "SIP domains",
        .group = names_page,
        .meaning = "our SIP domains, the primary one first (repeatable); replaces the list",
    }),
    field<FieldKind::domain_list, &Edge::xmpp_domains>({
        .key = "xmpp_domains",
        .option = "xmpp-domain",
        .value_name = "DOMAIN[,DOMAIN...]",
        .label = "XMPP domains",
        .group = names_page,
        .meaning = "our XMPP domains (repeatable); replaces the list; \"\": the SIP domains count",
    }),
    field<FieldKind::text, &Edge::organization>({
        .key = "organization",
        .option = "organization",
        .value_name = "TEXT",
        .label = "Organization",
        .group = subject_page,
        .meaning = "the name of our organisation",
        .null_when_empty = true,
    }),
    field<FieldKind::text, &Edge::organizational_unit>({
        .key = "organizational_unit",
        .option = "organizational-unit",
        .value_name = "TEXT",
        .label = "Organizational unit",
        .group = subject_page,
        .meaning = "a part of it; public CAs drop it",
        .null_when_empty = true,
    }),
    field<FieldKind::text, &Edge::city>({
        .key = "city",
        .option = "city",
        .value_name = "TEXT",
        .label = "City",
        .group = subject_page,
        .meaning = "written in full",
        .null_when_empty = true,
    }),
    field<FieldKind::text, &Edge::state>({
        .key = "state",
        .option = "state",
        .value_name = "TEXT",
        .label = "State or province",
        .group = subject_page,
        .meaning = "written in full",
        .null_when_empty = true,
    }),
    field<FieldKind::text, &Edge::country>({
        .key = "country",
        .option = "country",
        .value_name = "CODE",
        .label = "Country",
        .group = subject_page,
        .meaning = "two-letter code of ISO 3166-1",
        .null_when_empty = true,
        .spelled = ascii_upper,
    }),
};
static_assert(fields_of_the_edge.size() <= most_fields);

void add_to(Diagnostics& diagnostics, Diagnostics more) {
    std::ranges::move(more, std::back_inserter(diagnostics));
}

Diagnostics duplicates(const Domains& domains, std::string_view key, std::string_view label) {
    Diagnostics diagnostics;
    std::unordered_set<std::string_view> earlier;
    for (auto domain = domains.begin(); domain != domains.end(); ++domain) {
        if (!earlier.insert(*domain).second) {
            diagnostics.push_back(make_diagnostic(rule::domain_duplicate, key,
                                                  fmt::format("{} {} is named more than once", label, quote(*domain)),
                                                  "name it once"));
            diagnostics.back().item = static_cast<std::size_t>(std::distance(domains.begin(), domain));
        }
    }
    return diagnostics;
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

    auto diagnostics = check_domains(domains);
    add_to(diagnostics, duplicates(edge.sip_domains, "sip_domains", "SIP domain"));
    add_to(diagnostics, duplicates(xmpp_domains, "xmpp_domains", "XMPP domain"));
    add_to(diagnostics, check_subject(subject_of(edge)));
    const std::unordered_set<std::string_view> sip_domains{edge.sip_domains.begin(), edge.sip_domains.end()};
    for (const auto& claim : claims) {
        const bool is_sip = sip_domains.contains(claim.domain);
        auto own = make_diagnostic(
            rule::domain_own, is_sip ? "sip_domains" : "xmpp_domains",
            fmt::format("domain {} is ours, and the partner {} claims it", quote(claim.domain), quote(claim.partner)),
            fmt::format("a domain is either ours or a partner's; see `xmppfed partner show {}`", claim.partner));
        own.partner = claim.partner;
        diagnostics.push_back(std::move(own));
    }
    return diagnostics;
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

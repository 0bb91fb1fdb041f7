#include "core/rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/rule_checks.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::array rule_table{
    Rule{"domain-invalid", Severity::error, "a domain is not a domain name", rule_checks::domain_invalid},
    Rule{"domain-duplicate", Severity::error, "an additional domain repeats, or equals the primary domain",
         rule_checks::domain_duplicate},
    Rule{"domain-claimed", Severity::error, "another partner claims one of the domains", rule_checks::domain_claimed},
    Rule{"sasl-requires-tls", Severity::error, "SASL is required or optional and TLS is not-supported",
         rule_checks::sasl_requires_tls, "tls sasl"},
    Rule{"no-authentication-method", Severity::error, "no method is left to authenticate a stream",
         rule_checks::no_authentication_method, "tls sasl dialback"},
    Rule{"no-common-method", Severity::error, "two sides offer no method in common", nullptr},
    Rule{"description-invalid", Severity::error, "the description is too long or has characters that it must not have",
         rule_checks::description_invalid},
    Rule{"value-out-of-range", Severity::error,
         "the connection limit or the number of additional domains is out of range", rule_checks::value_out_of_range},
    Rule{"subject-invalid", Severity::error, "an attribute of a certificate's subject is out of its limits", nullptr},
    Rule{"edge-incomplete", Severity::error,
         "a certificate or DNS records are asked for before the Access Edge FQDN is set", nullptr},
    Rule{"manifest-invalid", Severity::error, "a manifest is no JSON, or not of the form that manifests have", nullptr},
    Rule{"cert-name-missing", Severity::error, "a certificate lacks a name that was requested or is needed", nullptr},
    Rule{"cert-key-mismatch", Severity::error, "a certificate belongs to another key than the request", nullptr},
    Rule{"cert-expired", Severity::error, "a certificate has expired", nullptr},
    Rule{"cert-not-yet-valid", Severity::error, "a certificate is not valid yet", nullptr},
    Rule{"cert-is-ca", Severity::error, "a certificate is that of a CA", nullptr},
    Rule{"cert-key-weak", Severity::error,
         "a key is RSA below 2,048 bits or not in whole octets, as weak, or of another kind than RSA and EC", nullptr},
    Rule{"cert-signature-weak", Severity::error, "a certificate is signed with SHA-1, MD5 or older", nullptr},
    Rule{"cert-chain-incomplete", Severity::error, "no chain leads from a certificate to a trusted CA", nullptr},
    Rule{"cert-server-auth-missing", Severity::error,
         "a certificate, or a CA above it, may not serve: it lacks serverAuth", nullptr},
    Rule{"cert-usage-unfit", Severity::error, "a certificate's key usage lacks digitalSignature", nullptr},
    Rule{"cert-malformed", Severity::error, "a certificate has a form that peers' verifiers refuse", nullptr},
    Rule{"cert-files-differ", Severity::error, "the files of the certificate in use are not those on record", nullptr},
    Rule{"dialback-unused", Severity::warning, "TLS and SASL are both required, so dialback never runs",
         rule_checks::dialback_unused, "tls sasl dialback"},
    Rule{"sasl-with-optional-tls", Severity::warning, "SASL is required or optional and TLS is optional",
         rule_checks::sasl_with_optional_tls, "tls sasl"},
    Rule{"domain-outside-primary", Severity::warning, "an additional domain is not below the primary domain",
         rule_checks::domain_outside_primary},
    Rule{"domain-single-label", Severity::warning, "a domain has no dot", rule_checks::domain_single_label},
    Rule{"domain-public-suffix", Severity::warning, "a domain is a public suffix", rule_checks::domain_public_suffix},
    Rule{"domain-mixed-script", Severity::warning, "a label mixes scripts", rule_checks::domain_mixed_script},
    Rule{"domain-own", Severity::warning, "a domain is one of our own SIP or XMPP domains", rule_checks::domain_own},
    Rule{"trust-exceeds-authentication", Severity::warning,
         "a federated or public-verified partner can be reached by tcp-dialback",
         rule_checks::trust_exceeds_authentication, "type tls sasl dialback"},
    Rule{"cert-client-auth-missing", Severity::warning,
         "a certificate lacks client authentication, or a public CA will leave it out", nullptr},
    Rule{"cert-expires-soon", Severity::warning, "a certificate expires within the days that are warned of", nullptr},
    Rule{"cert-lifetime-too-long", Severity::warning, "a certificate lasts longer than public CAs may issue one",
         nullptr},
    Rule{"cert-wildcard-insufficient", Severity::warning, "a wildcard does not cover the domain itself", nullptr},
    Rule{"cert-wildcard-edge", Severity::warning, "a wildcard alone covers the Access Edge FQDN", nullptr},
    Rule{"cert-must-staple", Severity::warning, "a certificate demands OCSP stapling, which XMPP servers do not do",
         nullptr},
    Rule{"cert-othername-public-ca", Severity::warning, "a request has names that public CAs must not issue", nullptr},
    Rule{"cert-internal-name", Severity::warning, "a name is not one that a public CA can verify", nullptr},
    Rule{"type-not-recommended", Severity::info, "the partner type is public-verified",
         rule_checks::type_not_recommended},
    Rule{"tcp-dialback-only", Severity::info, "the only method is tcp-dialback", rule_checks::tcp_dialback_only,
         "tls sasl dialback"},
    Rule{"cert-ou-present", Severity::info, "the subject has an organizational unit, which public CAs drop", nullptr},
};

/// Gives the findings added since `first` the rule's id and severity, and their partner.
void label(Diagnostics& findings, std::size_t first, std::string_view id, std::string_view partner) {
    for (auto i = first; i < findings.size(); ++i) {
        findings[i].rule = rule(id).id;
        findings[i].severity = rule(id).severity;
        findings[i].partner = escape(partner);
    }
}

}  // namespace

std::span<const Rule> rules() {
    return rule_table;
}

const Rule& rule(std::string_view id) {
    return *std::ranges::find(rule_table, id, &Rule::id);
}

Diagnostic make_finding(std::string_view id, std::string_view field, std::string message, std::string hint) {
    auto result = rule_checks::finding(field, std::move(message), std::move(hint));
    result.rule = rule(id).id;
    result.severity = rule(id).severity;
    return result;
}

Diagnostics check(const RuleInput& input) {
    Diagnostics findings;
    for (const auto& rule : rule_table) {
        const auto first = findings.size();
        if (rule.check != nullptr) {
            rule.check(input, findings);
            label(findings, first, rule.id, input.partner.primary_domain);
        }
    }
    return findings;
}

Diagnostics check_domains(std::span<const NamedDomain> domains) {
    using SingleRule = std::pair<std::string_view, void (*)(const NamedDomain&, Diagnostics&)>;
    constexpr std::array<SingleRule, 4> single_rules{{{"domain-invalid", rule_checks::invalid},
                                                      {"domain-single-label", rule_checks::single_label},
                                                      {"domain-public-suffix", rule_checks::public_suffix},
                                                      {"domain-mixed-script", rule_checks::mixed_script}}};
    Diagnostics findings;
    for (const auto& [id, check_domain] : single_rules) {
        const auto first = findings.size();
        for (const auto& domain : domains) {
            check_domain(domain, findings);
        }
        label(findings, first, id, {});
    }
    return findings;
}

Diagnostics check_common_methods(const std::vector<Method>& common) {
    if (!common.empty()) {
        return {};
    }
    return {make_finding("no-common-method", {},
                         "the two sides offer no method in common: no stream can be authenticated",
                         "compare what each side excludes; `--preset flexible` offers the most with TLS")};
}

Diagnostics check_domain_argument(std::string_view domain) {
    Diagnostics findings;
    rule_checks::invalid({domain, {}, "domain"}, findings);
    label(findings, 0, "domain-invalid", {});
    return findings;
}

}  // namespace xmppfed::core

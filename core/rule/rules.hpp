#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/probe/dns_rule_rows.hpp"
#include "core/probe/probe_rule_rows.hpp"
#include "core/rule/rule.hpp"
#include "core/rule/rule_checks.hpp"

namespace xmppfed::core {

namespace rule {

/// The rules on partners, our edge, manifests and certificates.
inline constexpr std::array book_table{
    Rule{.id = "domain-invalid",
         .severity = Severity::error,
         .when = "a domain is not a domain name",
         .check = rule_checks::domain_invalid},
    Rule{.id = "domain-duplicate",
         .severity = Severity::error,
         .when = "an additional domain repeats, or equals the primary domain",
         .check = rule_checks::domain_duplicate},
    Rule{.id = "domain-claimed",
         .severity = Severity::error,
         .refuses_as = ErrorKind::conflict,
         .when = "another partner claims one of the domains",
         .check = rule_checks::domain_claimed},
    Rule{.id = "sasl-requires-tls",
         .severity = Severity::error,
         .when = "SASL is required or optional and TLS is not-supported",
         .check = rule_checks::sasl_requires_tls,
         .reads = "tls sasl"},
    Rule{.id = "no-authentication-method",
         .severity = Severity::error,
         .when = "no method is left to authenticate a stream",
         .check = rule_checks::no_authentication_method,
         .reads = "tls sasl dialback"},
    Rule{.id = "no-common-method", .severity = Severity::error, .when = "two sides offer no method in common"},
    Rule{.id = "description-invalid",
         .severity = Severity::error,
         .when = "the description is too long or has characters that it must not have",
         .check = rule_checks::description_invalid},
    Rule{.id = "value-out-of-range",
         .severity = Severity::error,
         .when = "a number, or how many additional domains there are, is out of range",
         .check = rule_checks::value_out_of_range},
    Rule{.id = "subject-invalid",
         .severity = Severity::error,
         .when = "an attribute of a certificate's subject is out of its limits"},
    Rule{.id = "edge-incomplete",
         .severity = Severity::error,
         .when =
             "a certificate or DNS records are asked for, or a certificate is judged, while the Access Edge FQDN is "
             "not set"},
    Rule{.id = "manifest-invalid",
         .severity = Severity::error,
         .when = "a manifest is no JSON, or not of the form that manifests have"},
    Rule{.id = "cert-name-missing",
         .severity = Severity::error,
         .when = "a certificate lacks a name that was requested or is needed"},
    Rule{.id = "cert-key-mismatch",
         .severity = Severity::error,
         .when = "a certificate belongs to another key than the request"},
    Rule{.id = "cert-expired", .severity = Severity::error, .when = "a certificate has expired"},
    Rule{.id = "cert-not-yet-valid", .severity = Severity::error, .when = "a certificate is not valid yet"},
    Rule{.id = "cert-is-ca", .severity = Severity::error, .when = "a certificate is that of a CA"},
    Rule{.id = "cert-key-weak",
         .severity = Severity::error,
         .when = "a key is RSA below 2,048 bits or not in whole octets, EC on a curve other than P-256, P-384 and "
                 "P-521, or of another kind"},
    Rule{.id = "cert-signature-weak",
         .severity = Severity::error,
         .when = "a certificate is signed with SHA-1, MD5 or older"},
    Rule{.id = "cert-chain-incomplete",
         .severity = Severity::error,
         .when = "no chain leads from a certificate to a trusted CA"},
    Rule{.id = "cert-server-auth-missing",
         .severity = Severity::error,
         .when = "a certificate, or a CA above it, may not serve: it lacks serverAuth"},
    Rule{.id = "cert-usage-unfit",
         .severity = Severity::error,
         .when = "a certificate's key usage lacks digitalSignature"},
    Rule{.id = "cert-malformed",
         .severity = Severity::error,
         .when = "a certificate has a form that peers' verifiers refuse"},
    Rule{.id = "cert-files-differ",
         .severity = Severity::error,
         .when = "the files of the certificate in use are not those on record"},
    Rule{.id = "cert-retired",
         .severity = Severity::error,
         .when = "a certificate is in use that was retired, or whose key is compromised"},
    Rule{.id = "render-weaker",
         .severity = Severity::error,
         .when = "a server would allow what is not agreed with a partner"},
    Rule{.id = "render-not-in-force",
         .severity = Severity::error,
         .when = "a running server enforces another policy than the one that was rendered, or none"},
    Rule{.id = "dialback-unused",
         .severity = Severity::warning,
         .when = "TLS and SASL are both required, so dialback never runs",
         .check = rule_checks::dialback_unused,
         .reads = "tls sasl dialback"},
    Rule{.id = "sasl-with-optional-tls",
         .severity = Severity::warning,
         .when = "SASL is required or optional and TLS is optional",
         .check = rule_checks::sasl_with_optional_tls,
         .reads = "tls sasl"},
    Rule{.id = "domain-outside-primary",
         .severity = Severity::warning,
         .when = "an additional domain is not below the primary domain",
         .check = rule_checks::domain_outside_primary},
    Rule{.id = "domain-single-label",
         .severity = Severity::warning,
         .when = "a domain has no dot",
         .check = rule_checks::domain_single_label},
    Rule{.id = "domain-public-suffix",
         .severity = Severity::warning,
         .when = "a domain is a public suffix",
         .check = rule_checks::domain_public_suffix},
    Rule{.id = "domain-mixed-script",
         .severity = Severity::warning,
         .when = "a label mixes scripts",
         .check = rule_checks::domain_mixed_script},
    Rule{.id = "domain-own",
         .severity = Severity::warning,
         .when = "a domain is one of our own SIP or XMPP domains",
         .check = rule_checks::domain_own},
    Rule{.id = "trust-exceeds-authentication",
         .severity = Severity::warning,
         .when = "a federated or public-verified partner can be reached by tcp-dialback",
         .check = rule_checks::trust_exceeds_authentication,
         .reads = "type tls sasl dialback"},
    Rule{.id = "cert-client-auth-missing",
         .severity = Severity::warning,
         .when = "a certificate lacks client authentication, or a public CA will leave it out"},
    Rule{.id = "cert-expires-soon",
         .severity = Severity::warning,
         .when = "a certificate expires within the days that are warned of"},
    Rule{.id = "cert-lifetime-too-long",
         .severity = Severity::warning,
         .when = "a certificate lasts longer than public CAs may issue one"},
    Rule{.id = "cert-wildcard-insufficient",
         .severity = Severity::warning,
         .when = "a wildcard does not cover the domain itself"},
    Rule{.id = "cert-wildcard-edge",
         .severity = Severity::warning,
         .when = "a wildcard alone covers the Access Edge FQDN"},
    Rule{.id = "cert-must-staple",
         .severity = Severity::warning,
         .when = "a certificate demands OCSP stapling, which XMPP servers do not do"},
    Rule{.id = "cert-othername-public-ca",
         .severity = Severity::warning,
         .when = "a request has names that public CAs must not issue"},
    Rule{.id = "cert-internal-name",
         .severity = Severity::warning,
         .when = "a name is not one that a public CA can verify"},
    Rule{.id = "render-inexact",
         .severity = Severity::warning,
         .when = "a server would be stricter than agreed with a partner, or offer what it then refuses"},
    Rule{.id = "render-stale",
         .severity = Severity::warning,
         .when = "what was rendered is of an older revision of the store"},
    Rule{.id = "type-not-recommended",
         .severity = Severity::info,
         .when = "the partner type is public-verified",
         .check = rule_checks::type_not_recommended},
    Rule{.id = "tcp-dialback-only",
         .severity = Severity::info,
         .when = "the only method is tcp-dialback",
         .check = rule_checks::tcp_dialback_only,
         .reads = "tls sasl dialback"},
    Rule{.id = "cert-ou-present",
         .severity = Severity::info,
         .when = "the subject has an organizational unit, which public CAs drop"},
};

template <std::size_t first, std::size_t second>
constexpr auto joined(const std::array<Rule, first>& rows, const std::array<Rule, second>& others) {
    std::array<Rule, first + second> all{};
    std::ranges::copy(others, std::ranges::copy(rows, all.begin()).out);
    return all;
}

/// Every rule, in the order in which diagnostics are shown.
inline constexpr auto table = joined(joined(book_table, dns_table), probe_table);

/// The row with that id. An id that no row has does not compile.
consteval const Rule& row(std::string_view id) {
    for (const auto& each : table) {
        if (each.id == id) {
            return each;
        }
    }
    throw "no rule has that id";
}

// The rules that code refers to: those whose diagnostics are not made by `check` alone.
inline constexpr const Rule& domain_invalid = row("domain-invalid");
inline constexpr const Rule& domain_duplicate = row("domain-duplicate");
inline constexpr const Rule& no_common_method = row("no-common-method");
inline constexpr const Rule& value_out_of_range = row("value-out-of-range");
inline constexpr const Rule& subject_invalid = row("subject-invalid");
inline constexpr const Rule& edge_incomplete = row("edge-incomplete");
inline constexpr const Rule& manifest_invalid = row("manifest-invalid");
inline constexpr const Rule& cert_name_missing = row("cert-name-missing");
inline constexpr const Rule& cert_key_mismatch = row("cert-key-mismatch");
inline constexpr const Rule& cert_expired = row("cert-expired");
inline constexpr const Rule& cert_not_yet_valid = row("cert-not-yet-valid");
inline constexpr const Rule& cert_is_ca = row("cert-is-ca");
inline constexpr const Rule& cert_key_weak = row("cert-key-weak");
inline constexpr const Rule& cert_signature_weak = row("cert-signature-weak");
inline constexpr const Rule& cert_chain_incomplete = row("cert-chain-incomplete");
inline constexpr const Rule& cert_server_auth_missing = row("cert-server-auth-missing");
inline constexpr const Rule& cert_usage_unfit = row("cert-usage-unfit");
inline constexpr const Rule& cert_malformed = row("cert-malformed");
inline constexpr const Rule& cert_files_differ = row("cert-files-differ");
inline constexpr const Rule& cert_retired = row("cert-retired");
inline constexpr const Rule& render_weaker = row("render-weaker");
inline constexpr const Rule& render_inexact = row("render-inexact");
inline constexpr const Rule& render_not_in_force = row("render-not-in-force");
inline constexpr const Rule& render_stale = row("render-stale");
inline constexpr const Rule& domain_single_label = row("domain-single-label");
inline constexpr const Rule& domain_public_suffix = row("domain-public-suffix");
inline constexpr const Rule& domain_mixed_script = row("domain-mixed-script");
inline constexpr const Rule& domain_own = row("domain-own");
inline constexpr const Rule& cert_client_auth_missing = row("cert-client-auth-missing");
inline constexpr const Rule& cert_expires_soon = row("cert-expires-soon");
inline constexpr const Rule& cert_lifetime_too_long = row("cert-lifetime-too-long");
inline constexpr const Rule& cert_wildcard_insufficient = row("cert-wildcard-insufficient");
inline constexpr const Rule& cert_wildcard_edge = row("cert-wildcard-edge");
inline constexpr const Rule& cert_must_staple = row("cert-must-staple");
inline constexpr const Rule& cert_othername_public_ca = row("cert-othername-public-ca");
inline constexpr const Rule& cert_internal_name = row("cert-internal-name");
inline constexpr const Rule& cert_ou_present = row("cert-ou-present");

}  // namespace rule

/// Runs every rule on a partner, but for those that are less severe than `least`.
[[nodiscard]] Diagnostics check(const RuleInput& input, Severity least = Severity::info);

/// Makes infos of the warnings on the partner that it has accepted; `check` has done that already.
void mark_accepted(Diagnostics& diagnostics, const Partner& partner);

/// Runs the rules that look at one domain on each: validity, single labels, public suffixes and mixed scripts.
[[nodiscard]] Diagnostics check_domains(std::span<const NamedDomain> domains);

/// A diagnostic of a rule that is evaluated elsewhere; `rule` is a row of the table.
[[nodiscard]] Diagnostic make_diagnostic(const Rule& rule, std::string_view field, std::string message,
                                         std::string hint = {});

/// A diagnostic of `no-common-method`, when two sides offer nothing in common.
[[nodiscard]] Diagnostics check_common_methods(const std::vector<Method>& common);

/// A diagnostic of `domain-invalid` when the domain named on a command line is none.
[[nodiscard]] Diagnostics check_domain_argument(std::string_view domain);

}  // namespace xmppfed::core

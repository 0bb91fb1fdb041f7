#include "core/cert/cert_rules.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <unordered_map>

#include <fmt/format.h>
#include <libpsl.h>

#include "core/field/field.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

using std::chrono::sys_days;

constexpr const char* ask_for_usages =
    "ask the CA for the usages that our requests ask for: digitalSignature, serverAuth and clientAuth";
constexpr const char* leave_type_out =
    "ask the CA to leave the Netscape certificate type out, for extended key usage says it all";
constexpr int least_rsa_bits = 2048;

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

}  // namespace

Days days_left(std::chrono::sys_seconds not_after, std::chrono::sys_seconds now) {
    return std::chrono::floor<Days>(not_after - now);
}

std::string name_of_ca(const Certificate& certificate) {
    const auto& subject = certificate.subject;
    const auto& name = !subject.common_name.empty()           ? subject.common_name
                       : !subject.organizational_unit.empty() ? subject.organizational_unit
                                                              : subject.organization;
    return fmt::format("the CA certificate of {}", quote(name));
}

Diagnostics check_dates(const Certificate& certificate, std::chrono::sys_seconds now, Days warn,
                        std::string_view what) {
    if (now > certificate.not_after) {
        return {make_diagnostic(rule::cert_expired, "not_after",
                                fmt::format("{} expired at {}", what, timestamp(certificate.not_after)),
                                std::string{renew_hint})};
    }
    if (now < certificate.not_before) {
        return {make_diagnostic(rule::cert_not_yet_valid, "not_before",
                                fmt::format("{} is not valid before {}", what, timestamp(certificate.not_before)),
                                "wait until then, and check the clock of this machine")};
    }
    const auto left = days_left(certificate.not_after, now);
    if (left >= warn) {
        return {};
    }
    return {make_diagnostic(rule::cert_expires_soon, "not_after",
                            fmt::format("{} expires at {}, in {}", what, timestamp(certificate.not_after),
                                        counted(static_cast<std::size_t>(left.count()), "day")),
                            std::string{renew_hint})};
}

std::string renewal_command(const CertRequest& request) {
    return fmt::format("xmppfed cert request --renew {}{}", request.number,
                       request.key_file.empty() ? " --format inf" : "");
}

void name_request(Diagnostics& diagnostics, const CertRequest& request) {
    for (auto& diagnostic : diagnostics) {
        if (diagnostic.hint == renew_hint) {
            diagnostic.hint = fmt::format("renew it: `{}`", renewal_command(request));
        }
    }
}

Diagnostics check_lifetime(const Certificate& certificate) {
    const auto* const limit = std::ranges::find_if(
        lifetime_limits, [&](const LifetimeLimit& row) { return certificate.not_before >= row.from; });
    // Both ends count, so a day after midnight to the next midnight is a second longer than a day.
    const auto lasts = certificate.not_after - certificate.not_before + std::chrono::seconds(1);
    if (limit == lifetime_limits.end() || lasts <= limit->most) {
        return {};
    }
    return {
        make_diagnostic(rule::cert_lifetime_too_long, "not_after",
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
    return {make_diagnostic(rule::cert_is_ca, {}, "the certificate is that of a CA, not of a server",
                            "give the issued certificate, and the CA's with --chain")};
}

Diagnostics check_signature(const CertContent& content, std::string_view what) {
    if (!content.weak_signature) {
        return {};
    }
    return {make_diagnostic(rule::cert_signature_weak, "signature",
                            fmt::format("{} is signed by {}", what, escape(content.signature)),
                            "have it signed with SHA-256 or stronger")};
}

Diagnostics check_key(const PublicKey& key) {
    const bool is_rsa = key.kind && key.kind->algorithm == KeyAlgorithm::rsa;
    const bool is_strong_rsa = is_rsa && key.bits >= least_rsa_bits && key.bits % 8 == 0;
    if (is_strong_rsa || (key.kind && key.kind->algorithm == KeyAlgorithm::ec)) {
        return {};
    }
    std::string message;
    if (is_rsa) {
        message = fmt::format("the key has {} bits; RSA needs at least {}, in whole octets", key.bits, least_rsa_bits);
    } else if (key.is_elliptic) {
        message = fmt::format("the key is {}, and XMPP servers take EC on {}", escape(key.description),
                              list_of(values_of<Curve>()));
    } else {
        message = fmt::format("the key is of the kind {}, and XMPP servers take RSA and EC", escape(key.description));
    }
    return {make_diagnostic(rule::cert_key_weak, "key", std::move(message),
                            "make a new request: leave --key out to have a new key made")};
}

Diagnostics check_key(const KeyKind& key) {
    PublicKey described;
    described.kind = key;
    described.bits = key.bits;
    return check_key(described);
}

Diagnostic client_auth_diagnostic(std::string_view cause, const std::vector<std::string>& dependents) {
    if (dependents.empty()) {
        return make_diagnostic(
            rule::cert_client_auth_missing, {}, std::string{cause},
            "where a partner depends on SASL EXTERNAL, have a private CA issue it, or let the partner "
            "fall back on dialback: `xmppfed partner edit DOMAIN --preset flexible`");
    }
    return make_diagnostic(
        rule::cert_client_auth_missing, {},
        fmt::format("{}, and {} on SASL without dialback", cause,
                    counted(dependents.size(), "partner") + (dependents.size() == 1 ? " depends" : " depend")),
        fmt::format("have a private CA issue it, or let {} fall back on dialback: `xmppfed partner "
                    "edit {} --preset flexible`",
                    shortened_list(dependents), dependents.front()));
}

Diagnostics check_usages(const CertContent& content, std::string_view what) {
    Diagnostics diagnostics;
    if (!content.server_auth) {
        diagnostics.push_back(make_diagnostic(
            rule::cert_server_auth_missing, {},
            fmt::format("{} may not be used for a server: its extended key usage lacks serverAuth", what),
            ask_for_usages));
    }
    if (!content.server_type) {
        diagnostics.push_back(make_diagnostic(
            rule::cert_server_auth_missing, {},
            fmt::format("{} may not be used for a server: its Netscape certificate type lacks SSL Server", what),
            leave_type_out));
    }
    if (!content.digital_signature) {
        diagnostics.push_back(
            make_diagnostic(rule::cert_usage_unfit, {},
                            fmt::format("{} may not sign a TLS handshake: its key usage lacks digitalSignature", what),
                            ask_for_usages));
    }
    if (content.must_staple) {
        diagnostics.push_back(make_diagnostic(
            rule::cert_must_staple, {},
            fmt::format("{} demands an OCSP answer in each handshake (must-staple), which XMPP servers do not give",
                        what),
            "have it issued without the TLS feature status_request"));
    }
    return diagnostics;
}

Diagnostics check_form(const CertContent& content, std::string_view what) {
    Diagnostics diagnostics;
    for (const auto& defect : content.defects) {
        diagnostics.push_back(make_diagnostic(rule::cert_malformed, {},
                                              fmt::format("{} {}: peers refuse it", what, escape(defect)),
                                              "ask the CA for a certificate that follows RFC 5280"));
    }
    return diagnostics;
}

Diagnostics check_path(const CertPath& path) {
    Diagnostics diagnostics;
    const auto add = [&](const Diagnostics& more) { diagnostics.insert(diagnostics.end(), more.begin(), more.end()); };
    if (!path.problem.empty()) {
        add({path.is_to_anchors
                 ? make_diagnostic(rule::cert_chain_incomplete, {},
                                   fmt::format("no chain leads to a trusted CA: {}", path.problem),
                                   "give the CA certificates between it and the root with --chain, and that root with "
                                   "--ca-file")
                 : make_diagnostic(rule::cert_chain_incomplete, {},
                                   fmt::format("verifiers refuse the chain: {}", path.problem),
                                   "give the CA certificates that the CA has for its servers now with --chain")});
    }
    if (!path.for_servers) {
        const auto at = std::ranges::find(path.chain, false, &Certificate::server_auth);
        add({make_diagnostic(rule::cert_server_auth_missing, {},
                             fmt::format("{} may not issue for servers",
                                         at == path.chain.end() ? "a CA above the certificate" : name_of_ca(*at)),
                             "ask for a certificate of a CA that may")});
    }
    for (const auto& above : path.chain) {
        const auto what = name_of_ca(above);
        add(check_signature(above, what));
        add(check_form(above, what));
        for (auto weak : check_key(above.key)) {
            weak.message = fmt::format("{}: {}", what, weak.message);
            weak.hint = "ask for a certificate of a CA with a stronger key";
            add({weak});
        }
    }
    return diagnostics;
}

Diagnostics check_client_auth(const CertContent& content, const CertPath& path,
                              const std::vector<std::string>& dependents, std::string_view what) {
    if (!content.client_auth) {
        return {client_auth_diagnostic(fmt::format("{} lacks client authentication", what), dependents)};
    }
    if (!content.client_type) {
        auto diagnostic =
            client_auth_diagnostic(fmt::format("{}'s Netscape certificate type lacks SSL Client", what), dependents);
        diagnostic.hint = fmt::format("{}, or {}", leave_type_out, diagnostic.hint);
        return {std::move(diagnostic)};
    }
    if (!path.for_clients) {
        return {
            client_auth_diagnostic("a CA above the certificate may not issue for client authentication", dependents)};
    }
    return {};
}

}  // namespace xmppfed::core

#pragma once

#include <chrono>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cert/cert_request.hpp"
#include "core/cert/certificate.hpp"
#include "core/diagnostic.hpp"

/// The rules on certificates and on requests for them, whose ids begin with `cert-`. Each function gives the diagnostics of
/// the rules that its comment names.
namespace xmppfed::core {

using Days = std::chrono::days;

inline constexpr Days default_warn_days{30};

/// For a certificate that ends, where the number of its request is not known.
inline constexpr std::string_view renew_hint = "renew it: `xmppfed cert request --renew N`";

/// Days that are left, rounded down: negative once the certificate has expired.
[[nodiscard]] Days days_left(std::chrono::sys_seconds not_after, std::chrono::sys_seconds now);

/// What a CA's certificate is called in messages.
[[nodiscard]] std::string name_of_ca(const Certificate& certificate);

/// `cert-expired`, `cert-not-yet-valid`, and `cert-expires-soon` when fewer than `warn` days are left; `what` it is, in
/// the message.
[[nodiscard]] Diagnostics check_dates(const Certificate& certificate, std::chrono::sys_seconds now, Days warn,
                                      std::string_view what);

/// The command line that makes a request again. Of a key that lives on Windows it says so, for only such a one is made.
[[nodiscard]] std::string renewal_command(const CertRequest& request);

/// Puts the certificate's request into the hints that are `renew_hint`.
void name_request(Diagnostics& diagnostics, const CertRequest& request);

/// `cert-lifetime-too-long`: beyond what the CA/Browser Forum's Baseline Requirements (6.3.2) allow public CAs for a
/// certificate that begins on its day: 398 days, 200 since 2026-03-15, 100 from 2027-03-15, 47 from 2029-03-15.
[[nodiscard]] Diagnostics check_lifetime(const Certificate& certificate);

/// `cert-is-ca`.
[[nodiscard]] Diagnostics check_issuance(const Certificate& certificate);

/// `cert-signature-weak`; `what` is signed, in the message.
[[nodiscard]] Diagnostics check_signature(const CertContent& content, std::string_view what);

/// `cert-key-weak`: RSA below 2,048 bits or not a multiple of 8, EC on another curve than P-256, P-384 and P-521 (Baseline
/// Requirements 6.1.5), or any other kind, which XMPP servers' TLS does not take.
[[nodiscard]] Diagnostics check_key(const PublicKey& key);

/// The same for a key of ours.
[[nodiscard]] Diagnostics check_key(const KeyKind& key);

/// `cert-server-auth-missing` and `cert-usage-unfit`, by what extendedKeyUsage and keyUsage allow (RFC 5280), and
/// `cert-must-staple`; `what` is meant, in the messages.
[[nodiscard]] Diagnostics check_usages(const CertContent& content, std::string_view what);

/// `cert-malformed` for each thing that verifiers refuse.
[[nodiscard]] Diagnostics check_form(const CertContent& content, std::string_view what);

/// What is wrong above a certificate: `cert-chain-incomplete`, `cert-server-auth-missing`, and of each of its chain
/// `cert-signature-weak`, `cert-key-weak` and `cert-malformed`. Dates are left out.
[[nodiscard]] Diagnostics check_path(const CertPath& path);

/// `cert-client-auth-missing` for a certificate, or issuers of one, without it; `dependents` are the enabled partners
/// whose only method is SASL over TLS (XEP-0178). `what` is meant, in the messages.
[[nodiscard]] Diagnostics check_client_auth(const CertContent& content, const CertPath& path,
                                            const std::vector<std::string>& dependents,
                                            std::string_view what = "the certificate");

/// The diagnostic itself, from its cause.
[[nodiscard]] Diagnostic client_auth_diagnostic(std::string_view cause, const std::vector<std::string>& dependents);

}  // namespace xmppfed::core

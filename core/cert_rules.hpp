#pragma once

#include <chrono>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/certificate.hpp"
#include "core/diagnostic.hpp"

/// The rules on certificates and on requests for them, whose ids begin with `cert-`. Each function gives the findings of
/// the rules that its comment names.
namespace xmppfed::core {

using Days = std::chrono::days;

inline constexpr Days default_warn_days{30};

/// Days that are left, rounded down: negative once the certificate has expired.
[[nodiscard]] Days days_left(std::chrono::sys_seconds not_after, std::chrono::sys_seconds now);

/// `cert-expired`, `cert-not-yet-valid`, and `cert-expires-soon` when fewer than `warn` days are left.
[[nodiscard]] Diagnostics check_dates(const Certificate& certificate, std::chrono::sys_seconds now, Days warn);

/// `cert-lifetime-too-long`: beyond what the CA/Browser Forum's Baseline Requirements (6.3.2) allow public CAs for a
/// certificate that begins on its day: 398 days, 200 since 2026-03-15, 100 from 2027-03-15, 47 from 2029-03-15.
[[nodiscard]] Diagnostics check_lifetime(const Certificate& certificate);

/// `cert-is-ca`.
[[nodiscard]] Diagnostics check_issuance(const Certificate& certificate);

/// `cert-signature-weak`; `what` is signed, in the message.
[[nodiscard]] Diagnostics check_signature(const CertContent& content, std::string_view what);

/// `cert-key-weak`: RSA below 2,048 bits or not a multiple of 8 (Baseline Requirements 6.1.5), or any other key below
/// 224 bits.
[[nodiscard]] Diagnostics check_key(const PublicKey& key);

/// The same for a key of ours.
[[nodiscard]] Diagnostics check_key(const KeyKind& key);

/// The names of a certificate, for looking up.
class NameSet {
  public:
    explicit NameSet(std::span<const CertName> names);

    void add(const CertName& name);

    [[nodiscard]] bool has(NameType type, const std::string& value) const { return names_.contains({type, value}); }

    /// Whether a name stands for `needed`: it is the same, or a wildcard whose one left-most label covers it (RFC 9525
    /// section 6.3).
    [[nodiscard]] bool covers(const CertName& needed) const;

  private:
    std::set<std::pair<NameType, std::string>> names_;
};

/// The names that stand for none of those needed, in their order.
[[nodiscard]] std::vector<CertName> surplus_names(std::span<const CertName> names, std::span<const CertName> needed);

/// `cert-name-missing` for each needed name that `names` do not cover, and `cert-wildcard-insufficient` where a wildcard
/// is there in its place. The names of `allowed` may be missing.
[[nodiscard]] Diagnostics check_names(std::span<const CertName> names, std::span<const CertName> needed,
                                      std::span<const std::string> allowed);

/// `cert-client-auth-missing` for a certificate without it; `dependents` are the enabled partners whose only method is
/// SASL over TLS (XEP-0178).
[[nodiscard]] Diagnostics check_client_auth(const CertContent& content, const std::vector<std::string>& dependents);

/// The finding itself, from its cause.
[[nodiscard]] Diagnostic client_auth_finding(std::string_view cause, const std::vector<std::string>& dependents);

/// What public CAs refuse or drop: `cert-othername-public-ca`, `cert-internal-name`, `cert-ou-present`.
[[nodiscard]] Diagnostics check_public_ca(const CertSubject& subject, std::span<const CertName> names);

}  // namespace xmppfed::core

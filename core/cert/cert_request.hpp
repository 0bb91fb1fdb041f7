#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/cert/cert_names.hpp"
#include "core/cert/key_kind.hpp"
#include "core/cert/subject.hpp"
#include "core/edge/edge.hpp"

namespace xmppfed::core {

/// What has become of a request.
enum class RequestState { pending, issued, assigned, replaced, cancelled, retired };

/// Why a certificate must not be used again, by the names of RFC 5280 (5.3.1).
enum class RetirementReason { key_compromise, superseded, cessation };

/// Which SIP domains get a name `sip.DOMAIN`.
enum class SipDomains { all, none, chosen };

/// What a request is made of beside the edge and the additional names: what a renewal takes over.
struct RequestBasis {
    std::optional<std::string> common_name;  ///< none: the Access Edge FQDN, when it fits
    SipDomains sip_domains = SipDomains::all;
    std::vector<std::string> chosen_sip_domains;
    bool srv_names = false;
    bool xmpp_addrs = false;
    bool client_auth = true;
    Hash hash = Hash::sha256;
    std::vector<Assignment<Edge>> subject;  ///< attributes that differ from the edge's

    bool operator==(const RequestBasis&) const = default;
};

/// What a user wants in a request beside what the edge says.
struct RequestWish : RequestBasis {
    std::vector<std::string> additional_names;  ///< domains, or "*." and a domain
    std::string template_name;                  ///< of the CA; empty: none
};

/// A certificate that a CA issued for a request, as the store keeps it.
struct IssuedCertificate {
    std::string pem;
    std::string chain;  ///< PEM of the CA certificates above it, each issued by the next, without the root
    std::string issuer;
    std::string serial;
    std::string fingerprint;
    std::string thumbprint;
    std::string not_before;  ///< UTC, RFC 3339, as are the others
    std::string not_after;
    std::string imported_at;
    std::vector<std::string> allowed_missing;  ///< requested names that it may lack
    bool has_whole_chain = false;              ///< the chain is known to end below a root

    bool operator==(const IssuedCertificate&) const = default;
};

/// A certificate request as the store keeps it.
struct CertRequest {
    std::int64_t number = 0;
    RequestState state = RequestState::pending;
    CertSubject subject;
    std::vector<CertName> names;
    KeyKind key;
    std::string csr;                      ///< PEM; empty: it is made on Windows
    std::optional<std::string> csr_file;  ///< absolute; none: it went to standard output
    std::string key_file;                 ///< absolute; empty: the key lives on Windows
    std::string friendly_name;
    std::string template_name;  ///< of the CA; empty: none
    bool exportable = true;
    std::string created_at;  ///< UTC, RFC 3339
    RequestBasis basis;
    std::optional<std::int64_t> renews;            ///< the request that it repeats
    std::optional<IssuedCertificate> certificate;  ///< of every state but pending and, mostly, cancelled
    std::string assigned_at;                       ///< empty: never
    std::string directory;                         ///< absolute: where its files were put; empty: nowhere
    std::string retired_at;                        ///< empty: never
    std::optional<RetirementReason> retirement_reason;
    std::string host;  ///< where its files are; empty: nobody knows, or the store is in a file

    bool operator==(const CertRequest&) const = default;
};

/// What a renewal of the request wishes of today's edge: SIP domains that were chosen and are gone are left out.
[[nodiscard]] RequestWish wish_of(const CertRequest& request, const Edge& edge);

/// A request before its key is made.
struct RequestPlan {
    CertSubject subject;
    std::vector<CertName> names;  ///< DNS-IDs by source (see NameSource) without repeats, then SRV-IDs, then XmppAddrs
    Diagnostics diagnostics;
};

/// Plans a request for the edge as it is. `dependents` are the enabled partners whose only method is SASL over TLS:
/// they need client authentication (XEP-0178). Throws a usage error for a chosen SIP domain that is not the edge's.
[[nodiscard]] RequestPlan plan_request(const Edge& edge, const RequestWish& wish,
                                       const std::vector<std::string>& dependents);

/// A diagnostic of `edge-incomplete` when the Access Edge FQDN is not set.
[[nodiscard]] Diagnostics check_complete(const Edge& edge);

[[nodiscard]] Json to_json(const std::vector<CertName>& names);
/// The names as the store keeps them: the compact text of their JSON form. Thousands of objects are not made for it.
[[nodiscard]] std::string to_text(const std::vector<CertName>& names);

[[nodiscard]] Json to_json(const KeyKind& key);
[[nodiscard]] Json to_json(const RequestBasis& basis);
[[nodiscard]] Json to_json(const IssuedCertificate& certificate);
[[nodiscard]] Json to_json(const CertRequest& request);

/// What the history keeps of a request: all but the CSR and the names, which never change, and certificates.
[[nodiscard]] Json history_form(const CertRequest& request);

/// Reading back what the store keeps as JSON. Throws `core::Error` of kind failed when it is not what was written.
[[nodiscard]] std::vector<CertName> names_from_text(const std::string& text);
[[nodiscard]] CertSubject subject_from_text(const std::string& text);
[[nodiscard]] RequestBasis basis_from_text(const std::string& text);
[[nodiscard]] IssuedCertificate certificate_from_text(const std::string& text);

template <>
std::span<const EnumValue> values_of<RequestState>();
template <>
std::span<const EnumValue> values_of<RetirementReason>();
template <>
std::span<const EnumValue> values_of<SipDomains>();

}  // namespace xmppfed::core

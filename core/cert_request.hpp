#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/cert_names.hpp"
#include "core/edge.hpp"
#include "core/key_kind.hpp"
#include "core/subject.hpp"

namespace xmppfed::core {

/// What has become of a request.
enum class RequestState { pending, issued, assigned, replaced, cancelled };

/// A certificate request as the store keeps it.
struct CertRequest {
    std::int64_t number = 0;
    RequestState state = RequestState::pending;
    CertSubject subject;
    std::vector<CertName> names;
    KeyKind key;
    std::string csr;                      ///< PEM
    std::optional<std::string> csr_file;  ///< absolute; none: it went to standard output
    std::string key_file;                 ///< absolute
    std::string friendly_name;
    std::string template_name;  ///< of the CA; empty: none
    bool exportable = true;
    std::string created_at;  ///< UTC, RFC 3339

    bool operator==(const CertRequest&) const = default;
};

/// Which SIP domains get a name `sip.DOMAIN`.
enum class SipDomains { all, none, chosen };

/// What a user wants in a request beside what the edge says.
struct RequestWish {
    std::optional<std::string> common_name;  ///< none: the Access Edge FQDN, when it fits
    SipDomains sip_domains = SipDomains::all;
    std::vector<std::string> chosen_sip_domains;
    std::vector<std::string> additional_names;  ///< domains, or "*." and a domain
    bool srv_names = false;
    bool xmpp_addrs = false;
    bool client_auth = true;
    std::vector<Assignment<Edge>> subject;  ///< attributes that differ from the edge's
    std::string template_name;
};

/// A request before its key is made.
struct RequestPlan {
    CertSubject subject;
    std::vector<CertName> names;  ///< DNS-IDs in SPEC's order without repeats, then SRV-IDs, then XmppAddrs
    Diagnostics diagnostics;
};

/// Plans a request for the edge as it is. `dependents` are the enabled partners whose only method is SASL over TLS:
/// they need client authentication (XEP-0178). Throws a usage error for a chosen SIP domain that is not the edge's.
[[nodiscard]] RequestPlan plan_request(const Edge& edge, const RequestWish& wish,
                                       const std::vector<std::string>& dependents);

/// A finding of `edge-incomplete` when the Access Edge FQDN is not set.
[[nodiscard]] Diagnostics check_complete(const Edge& edge);

/// A finding of `cert-key-weak` for RSA below 2,048 bits.
[[nodiscard]] Diagnostics check_key(const KeyKind& key);

[[nodiscard]] Json to_json(const std::vector<CertName>& names);
/// The names as the store keeps them: the compact text of their JSON form. Thousands of objects are not made for it.
[[nodiscard]] std::string to_text(const std::vector<CertName>& names);

[[nodiscard]] Json to_json(const KeyKind& key);
[[nodiscard]] Json to_json(const CertRequest& request);

/// What the history keeps of a request: all but the CSR and the names, which never change.
[[nodiscard]] Json history_form(const CertRequest& request);

/// Reading back what the store keeps as JSON. Throws `core::Error` of kind failed when it is not what was written.
[[nodiscard]] std::vector<CertName> names_from_text(const std::string& text);
[[nodiscard]] CertSubject subject_from_text(const std::string& text);

template <>
std::span<const EnumValue> values_of<RequestState>();

}  // namespace xmppfed::core

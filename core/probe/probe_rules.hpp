#pragma once

#include "core/rule/rules.hpp"

/// The rules on what other servers do, by name.
namespace xmppfed::core::rule {

inline constexpr const Rule& probe_unreachable = row("probe-unreachable");
inline constexpr const Rule& probe_timeout = row("probe-timeout");
inline constexpr const Rule& probe_not_xmpp = row("probe-not-xmpp");
inline constexpr const Rule& probe_host_unknown = row("probe-host-unknown");
inline constexpr const Rule& probe_not_welcome = row("probe-not-welcome");
inline constexpr const Rule& probe_tls_required_there = row("probe-tls-required-there");
inline constexpr const Rule& probe_tls_failed = row("probe-tls-failed");
inline constexpr const Rule& probe_certificate_refused = row("probe-certificate-refused");
inline constexpr const Rule& probe_dane_mismatch = row("probe-dane-mismatch");
inline constexpr const Rule& probe_dialback_not_offered = row("probe-dialback-not-offered");
inline constexpr const Rule& probe_no_common_method = row("probe-no-common-method");
inline constexpr const Rule& edge_serves_other_certificate = row("edge-serves-other-certificate");
inline constexpr const Rule& probe_tls_missing = row("probe-tls-missing");
inline constexpr const Rule& probe_sasl_not_offered = row("probe-sasl-not-offered");
inline constexpr const Rule& probe_cert_expired = row("probe-cert-expired");
inline constexpr const Rule& probe_cert_not_yet_valid = row("probe-cert-not-yet-valid");
inline constexpr const Rule& probe_cert_untrusted = row("probe-cert-untrusted");
inline constexpr const Rule& probe_cert_name_mismatch = row("probe-cert-name-mismatch");
inline constexpr const Rule& probe_legacy_stream = row("probe-legacy-stream");
inline constexpr const Rule& probe_endpoint_down = row("probe-endpoint-down");
inline constexpr const Rule& probe_endpoints_differ = row("probe-endpoints-differ");
inline constexpr const Rule& probe_wrong_service = row("probe-wrong-service");
inline constexpr const Rule& probe_tls_old = row("probe-tls-old");
inline constexpr const Rule& probe_cert_expires_soon = row("probe-cert-expires-soon");
inline constexpr const Rule& probe_cert_weak = row("probe-cert-weak");
inline constexpr const Rule& probe_weaker_than_agreed = row("probe-weaker-than-agreed");
inline constexpr const Rule& probe_sasl_unknown = row("probe-sasl-unknown");
inline constexpr const Rule& probe_cert_client_auth_missing = row("probe-cert-client-auth-missing");

}  // namespace xmppfed::core::rule

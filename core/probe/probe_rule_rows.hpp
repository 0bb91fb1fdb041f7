#pragma once

#include <array>

#include "core/rule/rule.hpp"

/// The rules on what other servers do, whose functions are in core/probe. A severity that depends on what is agreed is
/// here that of the worst case.
namespace xmppfed::core::rule {

inline constexpr std::array probe_table{
    Rule{.id = "probe-unreachable",
         .severity = Severity::error,
         .when = "no server of a domain can be reached, or used"},
    Rule{.id = "probe-timeout", .severity = Severity::error, .when = "a server does not answer in time"},
    Rule{.id = "probe-not-xmpp", .severity = Severity::error, .when = "what answers is no XMPP server"},
    Rule{.id = "probe-host-unknown",
         .severity = Severity::error,
         .when = "a server says that it does not serve the domain"},
    Rule{.id = "probe-not-welcome", .severity = Severity::error, .when = "a server does not want a stream from us"},
    Rule{.id = "probe-tls-required-there",
         .severity = Severity::error,
         .when = "TLS is not supported here and required there"},
    Rule{.id = "probe-tls-failed", .severity = Severity::error, .when = "the TLS handshake fails"},
    Rule{.id = "probe-certificate-refused",
         .severity = Severity::error,
         .when = "a server refuses our certificate, or knows other CAs alone"},
    Rule{.id = "probe-dane-mismatch",
         .severity = Severity::error,
         .when = "secure TLSA records are there, and none matches"},
    Rule{.id = "probe-dialback-not-offered",
         .severity = Severity::error,
         .when = "dialback is all that is left, and it is not offered"},
    Rule{.id = "probe-no-common-method", .severity = Severity::error, .when = "no method is left in a direction"},
    Rule{.id = "edge-serves-other-certificate",
         .severity = Severity::error,
         .when = "our server presents a certificate that is not the assigned one"},
    Rule{.id = "probe-tls-missing",
         .severity = Severity::error,
         .when = "TLS is not offered; a warning unless it is required here"},
    Rule{.id = "probe-sasl-not-offered",
         .severity = Severity::error,
         .when = "SASL EXTERNAL is not offered to our good certificate; a warning unless it is required here"},
    Rule{.id = "probe-cert-expired",
         .severity = Severity::error,
         .when = "a partner's certificate has expired; this and the next three are warnings unless SASL over TLS is "
                 "the only method"},
    Rule{.id = "probe-cert-not-yet-valid",
         .severity = Severity::error,
         .when = "a partner's certificate is not valid yet"},
    Rule{.id = "probe-cert-untrusted",
         .severity = Severity::error,
         .when = "no way leads from a partner's certificate to a root that is known here"},
    Rule{.id = "probe-cert-name-mismatch",
         .severity = Severity::error,
         .when = "a partner's certificate does not name the domain"},
    Rule{.id = "probe-legacy-stream",
         .severity = Severity::error,
         .when = "a server speaks no XMPP 1.0; an info where neither TLS nor SASL is required"},
    Rule{.id = "probe-endpoint-down", .severity = Severity::warning, .when = "one of several servers cannot be used"},
    Rule{.id = "probe-endpoints-differ",
         .severity = Severity::warning,
         .when = "two servers of a domain offer different methods"},
    Rule{.id = "probe-wrong-service",
         .severity = Severity::warning,
         .when = "STARTTLS stands behind a record for direct TLS, or the reverse"},
    Rule{.id = "probe-tls-old", .severity = Severity::warning, .when = "a server speaks TLS below 1.2"},
    Rule{
        .id = "probe-cert-expires-soon", .severity = Severity::warning, .when = "a partner's certificate expires soon"},
    Rule{.id = "probe-cert-weak",
         .severity = Severity::warning,
         .when = "a partner's certificate has a weak key or signature"},
    Rule{.id = "probe-weaker-than-agreed",
         .severity = Severity::warning,
         .when = "both sides could do better than the best method that is left"},
    Rule{.id = "probe-sasl-unknown", .severity = Severity::info, .when = "whether SASL would work cannot be seen"},
    Rule{.id = "probe-cert-client-auth-missing",
         .severity = Severity::info,
         .when = "a partner's certificate is for servers alone"},
};

}  // namespace xmppfed::core::rule

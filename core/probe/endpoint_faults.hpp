#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/probe/probe_judgement.hpp"

namespace xmppfed::core {

/// Why an endpoint does not work: a finding of the rule that what was said there falls under. `domain` is the one that
/// was looked for, `own` the certificate that we would have presented.
[[nodiscard]] Diagnostic endpoint_fault(const SeenEndpoint& seen, const std::string& domain, OwnCertificate own);

/// Why no endpoint was tried, where that is not told by what was found in DNS; none when some were.
[[nodiscard]] std::optional<Diagnostic> nothing_tried(const ProbeInput& input);

/// Whether the endpoint ended the stream, or the TLS session, because of our certificate.
[[nodiscard]] bool refuses_certificate(const EndpointFacts& facts);

/// That no endpoint of the domain can be used, where that is not told by one of `told`, or by an answer to our
/// certificate; none as well when none was tried.
[[nodiscard]] std::optional<Diagnostic> nothing_usable(const ProbeInput& input, const Diagnostics& told);

/// That the endpoint serves the domain by its A-labels alone; none where it does not, or also by its U-labels.
[[nodiscard]] std::optional<Diagnostic> other_form(const EndpointFacts& facts, const std::string& domain);

/// Whether nothing of an address family leads out of this machine, or the host could not be looked for.
[[nodiscard]] bool is_without_route(const SeenEndpoint& seen);

/// Whether the endpoint said that it does not serve the domain.
[[nodiscard]] bool is_unknown_there(const EndpointFacts& facts);

/// Whether that version of TLS, as OpenSSL names it, is older than 1.2.
[[nodiscard]] bool is_old_tls(std::string_view version);

/// Whether its header has no version.
[[nodiscard]] bool is_legacy(const EndpointFacts& facts);

/// "xmpp.fabrikam.com (192.0.2.1, port 5269)".
[[nodiscard]] std::string place_of(const EndpointFacts& facts);

}  // namespace xmppfed::core

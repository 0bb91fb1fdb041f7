#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/probe/probe_judgement.hpp"

namespace xmppfed::core {

/// Why an endpoint does not work: a finding of the rule that what was said there falls under. `domain` is the one that
/// was looked for.
[[nodiscard]] Diagnostic endpoint_fault(const SeenEndpoint& seen, const std::string& domain);

/// Why no endpoint was tried, where that is not told by what was found in DNS; none when some were.
[[nodiscard]] std::optional<Diagnostic> nothing_tried(const ProbeInput& input);

/// Whether the endpoint ended the stream, or the TLS session, because of our certificate.
[[nodiscard]] bool refuses_certificate(const EndpointFacts& facts);

/// Whether that version of TLS, as OpenSSL names it, is older than 1.2.
[[nodiscard]] bool is_old_tls(std::string_view version);

/// Whether its header has no version.
[[nodiscard]] bool is_legacy(const EndpointFacts& facts);

/// "xmpp.fabrikam.com (192.0.2.1, port 5269)".
[[nodiscard]] std::string place_of(const EndpointFacts& facts);

}  // namespace xmppfed::core

#pragma once

#include "core/probe/observation.hpp"
#include "core/probe/probe_judgement.hpp"

namespace xmppfed::core {

/// What an endpoint that can be heard means for the settings that are configured: TLS, certificates, SASL, dialback, and
/// what is left in each direction. `verdict` has what was observed, and what is suggested.
[[nodiscard]] Diagnostics judge_negotiation(const SeenEndpoint& seen, const ProbeVerdict& verdict,
                                            const Outlook& outlook, const ProbeInput& input);

}  // namespace xmppfed::core

#pragma once

#include "core/probe/probe_judgement.hpp"

namespace xmppfed::core {

/// The settings that the other side's behaviour shows.
[[nodiscard]] Observed observe(const SeenEndpoint& seen, const ProbeInput& input);

/// Whether the other side named the CAs that it accepts, and the issuer of our certificate is not among them.
[[nodiscard]] bool names_other_cas(const SeenEndpoint& seen, const ProbeInput& input);

/// Whether its certificate proves to us that it speaks for the domain.
[[nodiscard]] bool proves_domain(const SeenEndpoint& seen);

/// What is left for streams to them and from them.
struct Outlook {
    Prediction outgoing;
    Prediction incoming;
    std::vector<Method> agreed;  ///< what both sides' settings would allow if all certificates were good
};
[[nodiscard]] Outlook predict(const Negotiation& ours, const Observed& observed, const SeenEndpoint& seen,
                              const ProbeInput& input);

}  // namespace xmppfed::core

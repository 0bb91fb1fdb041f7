#pragma once

#include "core/probe/probe_judgement.hpp"

namespace xmppfed::core {

/// The strongest of the presets that works with what was seen, when what is configured does not, or when nothing is; none
/// when none does.
[[nodiscard]] std::optional<Suggestion> suggest(const SeenEndpoint& seen, const Observed& observed,
                                                const ProbeInput& input);

}  // namespace xmppfed::core

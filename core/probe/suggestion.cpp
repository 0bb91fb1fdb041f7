#include "core/probe/suggestion.hpp"

#include <array>

#include <fmt/format.h>

#include "core/probe/observation.hpp"

namespace xmppfed::core {

namespace {

bool works_with(const Negotiation& ours, const SeenEndpoint& seen, const Observed& observed, const ProbeInput& input) {
    const auto outlook = predict(ours, observed, seen, input);
    return !outlook.outgoing.methods.empty() && !outlook.incoming.methods.empty();
}

}  // namespace

std::optional<Suggestion> suggest(const SeenEndpoint& seen, const Observed& observed, const ProbeInput& input) {
    const auto& configured = input.owner.negotiation;
    if (configured && works_with(*configured, seen, observed, input)) {
        return std::nullopt;
    }
    constexpr std::array strongest_first{Preset::strict, Preset::flexible, Preset::opportunistic, Preset::dialback};
    for (const auto preset : strongest_first) {
        const auto settings = settings_of(preset);
        if (works_with(settings, seen, observed, input)) {
            const auto verb = configured ? fmt::format("edit {}", input.owner.partner)
                                         : fmt::format("new --primary {}", input.dns.domain);
            return Suggestion{settings, fmt::format("xmppfed partner {} --preset {}", verb, name_of(preset))};
        }
    }
    return std::nullopt;
}

}  // namespace xmppfed::core

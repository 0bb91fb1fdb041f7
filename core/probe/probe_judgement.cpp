#include "core/probe/probe_judgement.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "core/probe/endpoint_faults.hpp"
#include "core/probe/negotiation_judgement.hpp"
#include "core/probe/observation.hpp"
#include "core/probe/probe_rules.hpp"
#include "core/probe/suggestion.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::array sasl_values{
    EnumValue{"offered", "SASL EXTERNAL is offered to our certificate"},
    EnumValue{"not-offered", "it is not, although our certificate is good"},
    EnumValue{"required", "nothing goes on without it"},
    EnumValue{"unknown", "it cannot be told"},
};

constexpr std::array confidence_values{
    EnumValue{"seen", "all that decides was seen"},
    EnumValue{"inferred", "some of it did not come up"},
};

bool works(const SeenEndpoint& seen) {
    return seen.facts.outcome == ProbeOutcome::ok;
}

/// Each fault as a finding of its own where nothing works, else as an endpoint that is down.
void judge_faults(const ProbeInput& input, Diagnostics& diagnostics) {
    const auto& domain = input.dns.domain;
    const bool one_works = std::ranges::any_of(input.endpoints, works);
    const bool none_leads_out = std::ranges::all_of(input.endpoints, is_without_route);
    for (const auto& seen : input.endpoints) {
        if (auto form = other_form(seen.facts, domain)) {
            diagnostics.push_back(std::move(*form));
        }
        if (works(seen) || (is_without_route(seen) && !none_leads_out)) {
            continue;
        }
        auto fault = endpoint_fault(seen, domain, input.own);
        if (one_works && fault.rule != &rule::probe_wrong_service) {
            auto message = std::move(fault.message);
            fault = make_diagnostic(rule::probe_endpoint_down, {}, std::move(message), std::move(fault.hint));
        }
        diagnostics.push_back(std::move(fault));
    }
    if (auto fault = nothing_usable(input, diagnostics)) {
        diagnostics.push_back(std::move(*fault));
    }
}

bool differ(const EndpointFacts& one, const EndpointFacts& other) {
    const auto offer_of = [](const EndpointFacts& facts) {
        const auto& last = facts.secured ? facts.secured : facts.plain;
        return std::pair{last && last->offers_external(), last && last->dialback};
    };
    const bool both_plain = one.plain && other.plain;
    return offer_of(one) != offer_of(other) || (both_plain && one.plain->starttls != other.plain->starttls);
}

void judge_differences(const ProbeInput& input, Diagnostics& diagnostics) {
    const auto first = std::ranges::find_if(input.endpoints, works);
    const auto other = std::find_if(first, input.endpoints.end(),
                                    [&](const auto& each) { return works(each) && differ(first->facts, each.facts); });
    if (first != input.endpoints.end() && other != input.endpoints.end()) {
        diagnostics.push_back(make_diagnostic(
            rule::probe_endpoints_differ, {},
            fmt::format("{} and {} offer different methods", place_of(first->facts), place_of(other->facts)),
            "tell the partner: all servers of a domain have to be set up alike"));
    }
}

}  // namespace

template <>
std::span<const EnumValue> values_of<SaslSeen>() {
    return sasl_values;
}

template <>
std::span<const EnumValue> values_of<Confidence>() {
    return confidence_values;
}

const SeenEndpoint* best_endpoint(const ProbeInput& input) {
    auto best = std::ranges::find_if(input.endpoints, works);
    if (best == input.endpoints.end()) {
        best = std::ranges::find_if(input.endpoints, [](const auto& each) {
            return each.facts.plain || each.facts.secured || refuses_certificate(each.facts);
        });
    }
    return best == input.endpoints.end() ? nullptr : &*best;
}

bool is_unanswered(const ProbeInput& input) {
    return input.has_dns && input.dns.is_unanswered();
}

bool was_seen(const ProbeInput& input) {
    const bool none_leads_out = !input.endpoints.empty() && std::ranges::all_of(input.endpoints, is_without_route);
    return !is_unanswered(input) && !none_leads_out;
}

ProbeVerdict judge_probe(const ProbeInput& input) {
    ProbeVerdict verdict;
    auto& diagnostics = verdict.diagnostics;
    if (input.has_dns) {
        diagnostics = judge_dns(input.dns, input.owner);
    }
    if (auto fault = nothing_tried(input)) {
        diagnostics.push_back(std::move(*fault));
    }
    judge_faults(input, diagnostics);
    judge_differences(input, diagnostics);
    if (const auto* best = best_endpoint(input)) {
        verdict.observed = observe(*best, input);
        const auto ours = input.owner.negotiation.value_or(settings_of(Preset::opportunistic));
        const auto outlook = predict(ours, *verdict.observed, *best, input);
        verdict.outgoing = outlook.outgoing;
        verdict.incoming = outlook.incoming;
        verdict.suggestion = suggest(*best, *verdict.observed, input);
        std::ranges::move(judge_negotiation(*best, verdict, outlook, input), std::back_inserter(diagnostics));
    }
    for (auto& diagnostic : diagnostics) {
        diagnostic.partner = escape(input.owner.partner);
    }
    return verdict;
}

}  // namespace xmppfed::core

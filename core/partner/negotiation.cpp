#include "core/partner/negotiation.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace xmppfed::core {

namespace {

constexpr std::array levels{
    EnumValue{"required", "a stream without it is closed"},
    EnumValue{"optional", "it is offered and the partner's service decides"},
    EnumValue{"not-supported", "it is never offered"},
};

constexpr std::array methods{
    EnumValue{"sasl-over-tls", "the stream is encrypted and both certificates prove who is speaking"},
    EnumValue{"tls-dialback", "the stream is encrypted; DNS and a call back tell who is speaking"},
    EnumValue{"tcp-dialback", "the stream is not encrypted; DNS and a call back tell who is speaking"},
};

constexpr std::array presets{
    EnumValue{"strict", "TLS required, SASL required, no dialback"},
    EnumValue{"flexible", "TLS required, SASL optional, dialback"},
    EnumValue{"opportunistic", "TLS optional, SASL optional, dialback"},
    EnumValue{"dialback", "TLS and SASL not supported, dialback alone"},
};

/// Why a side does not offer a method, or "" when it does. One function for each method.
std::string_view why_no_sasl_over_tls(const Negotiation& side) {
    if (side.sasl == Level::not_supported) {
        return "SASL is not supported";
    }
    if (side.tls == Level::not_supported) {
        return "TLS is not supported, and SASL needs TLS";
    }
    return {};
}

std::string_view why_no_tls_dialback(const Negotiation& side) {
    if (!side.dialback) {
        return "dialback requests are ignored";
    }
    if (side.tls == Level::not_supported) {
        return "TLS is not supported";
    }
    if (side.tls == Level::required && side.sasl == Level::required) {
        return "TLS and SASL are both required, so dialback never runs";
    }
    return {};
}

std::string_view why_no_tcp_dialback(const Negotiation& side) {
    if (!side.dialback) {
        return "dialback requests are ignored";
    }
    if (side.tls == Level::required) {
        return "TLS is required";
    }
    return {};
}

std::string_view why_not(const Negotiation& side, Method method) {
    switch (method) {
    case Method::sasl_over_tls:
        return why_no_sasl_over_tls(side);
    case Method::tls_dialback:
        return why_no_tls_dialback(side);
    case Method::tcp_dialback:
        return why_no_tcp_dialback(side);
    }
    return {};
}

}  // namespace

bool offers(const Negotiation& side, Method method) {
    return why_not(side, method).empty();
}

Offer offer(const Negotiation& side) {
    Offer result;
    for (const auto method : all_methods) {
        if (const auto reason = why_not(side, method); reason.empty()) {
            result.methods.push_back(method);
        } else {
            result.excluded.push_back({method, std::string{reason}});
        }
    }
    return result;
}

Offer common_offer(const Negotiation& local, const Negotiation& peer) {
    const auto ours = offer(local);
    const auto theirs = offer(peer);
    Offer common;
    std::ranges::set_intersection(ours.methods, theirs.methods, std::back_inserter(common.methods));
    common.excluded = ours.excluded;
    for (const auto& [method, reason] : theirs.excluded) {
        if (std::ranges::count(ours.methods, method) > 0) {
            common.excluded.push_back({method, "on the partner's side " + reason});
        }
    }
    std::ranges::sort(common.excluded, {}, &Exclusion::method);
    return common;
}

Negotiation settings_of(Preset preset) {
    switch (preset) {
    case Preset::strict:
        return {};
    case Preset::flexible:
        return {Level::required, Level::optional, true};
    case Preset::opportunistic:
        return {Level::optional, Level::optional, true};
    case Preset::dialback:
        return {Level::not_supported, Level::not_supported, true};
    }
    return {};
}

template <>
std::span<const EnumValue> values_of<Level>() {
    return levels;
}

template <>
std::span<const EnumValue> values_of<Method>() {
    return methods;
}

template <>
std::span<const EnumValue> values_of<Preset>() {
    return presets;
}

}  // namespace xmppfed::core

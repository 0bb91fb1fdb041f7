#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/field/enumeration.hpp"

namespace xmppfed::core {

/// Whether STARTTLS or SASL EXTERNAL is used on a stream (RFC 6120 5, XEP-0178).
enum class Level {
    required,       ///< a stream without it is closed
    optional,       ///< it is offered and the partner's service decides
    not_supported,  ///< it is never offered
};

/// How one side negotiates streams.
struct Negotiation {
    Level tls = Level::required;
    Level sasl = Level::required;  ///< SASL EXTERNAL with certificates
    bool dialback = false;         ///< a dialback request is answered and may authenticate the stream (XEP-0220)

    bool operator==(const Negotiation&) const = default;
};

/// How a stream may end up authenticated, from strongest to weakest.
enum class Method { sasl_over_tls, tls_dialback, tcp_dialback };
inline constexpr std::array all_methods{Method::sasl_over_tls, Method::tls_dialback, Method::tcp_dialback};

/// The documented common configurations.
enum class Preset { strict, flexible, opportunistic, dialback };

/// A method that a side does not offer, and the setting that excludes it.
struct Exclusion {
    Method method;
    std::string reason;
};

struct Offer {
    std::vector<Method> methods;  ///< strongest first
    std::vector<Exclusion> excluded;
};

/// What a side offers, computed from its settings.
[[nodiscard]] Offer offer(const Negotiation& side);

/// Whether a method is among them, without telling why others are not.
[[nodiscard]] bool offers(const Negotiation& side, Method method);

/// What both sides offer. A reason that lies on the peer's side alone says so.
[[nodiscard]] Offer common_offer(const Negotiation& local, const Negotiation& peer);

[[nodiscard]] Negotiation settings_of(Preset preset);

template <>
std::span<const EnumValue> values_of<Level>();
template <>
std::span<const EnumValue> values_of<Method>();
template <>
std::span<const EnumValue> values_of<Preset>();

}  // namespace xmppfed::core

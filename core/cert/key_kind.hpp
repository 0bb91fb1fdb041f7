#pragma once

#include <string>

#include "core/field/enumeration.hpp"

namespace xmppfed::core {

enum class KeyAlgorithm { rsa, ec };

/// The named curves that public CAs accept.
enum class Curve { p256, p384, p521 };

/// What a request is signed with.
enum class Hash { sha256, sha384, sha512 };

/// What a key is: RSA with a modulus of `bits`, or EC on `curve`.
struct KeyKind {
    KeyAlgorithm algorithm = KeyAlgorithm::rsa;
    int bits = 2048;
    Curve curve = Curve::p256;

    bool operator==(const KeyKind&) const = default;
};

/// "RSA, 2048 bits" or "EC, P-256".
[[nodiscard]] std::string describe(const KeyKind& kind);

template <>
std::span<const EnumValue> values_of<KeyAlgorithm>();
template <>
std::span<const EnumValue> values_of<Curve>();
template <>
std::span<const EnumValue> values_of<Hash>();

}  // namespace xmppfed::core

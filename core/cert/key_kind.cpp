#include "core/cert/key_kind.hpp"

#include <array>

#include <fmt/format.h>

namespace xmppfed::core {

namespace {

constexpr std::array algorithms{EnumValue{"rsa", {}}, EnumValue{"ec", {}}};
constexpr std::array curves{EnumValue{"P-256", {}}, EnumValue{"P-384", {}}, EnumValue{"P-521", {}}};
constexpr std::array hashes{EnumValue{"sha256", "SHA-256"}, EnumValue{"sha384", "SHA-384"},
                            EnumValue{"sha512", "SHA-512"}};

}  // namespace

std::string describe(const KeyKind& kind) {
    return kind.algorithm == KeyAlgorithm::rsa ? fmt::format("RSA, {} bits", kind.bits)
                                               : fmt::format("EC, {}", name_of(kind.curve));
}

template <>
std::span<const EnumValue> values_of<KeyAlgorithm>() {
    return algorithms;
}

template <>
std::span<const EnumValue> values_of<Curve>() {
    return curves;
}

template <>
std::span<const EnumValue> values_of<Hash>() {
    return hashes;
}

}  // namespace xmppfed::core

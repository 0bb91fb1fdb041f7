#include "core/pki/key_kind.hpp"

#include <openssl/objects.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/pki/openssl.hpp"

namespace xmppfed::pki {

namespace {

/// By the order of `core::Curve`.
constexpr std::array curve_nids{NID_X9_62_prime256v1, NID_secp384r1, NID_secp521r1};

/// The name of the curve that an EC key is on, or "" when OpenSSL knows none for it.
std::string group_name(const EVP_PKEY* key) {
    std::array<char, 80> name{};
    return EVP_PKEY_get_group_name(key, name.data(), name.size(), nullptr) == 1 ? name.data() : "";
}

}  // namespace

std::optional<core::KeyKind> kind_of(const EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "RSA") == 1) {
        return core::KeyKind{.algorithm = core::KeyAlgorithm::rsa, .bits = EVP_PKEY_get_bits(key)};
    }
    if (EVP_PKEY_is_a(key, "EC") == 1) {
        const auto* const curve = std::ranges::find(curve_nids, OBJ_sn2nid(group_name(key).c_str()));
        if (curve != curve_nids.end()) {
            return core::KeyKind{.algorithm = core::KeyAlgorithm::ec,
                                 .curve = static_cast<core::Curve>(curve - curve_nids.begin())};
        }
    }
    return std::nullopt;
}

std::string describe(const EVP_PKEY* key) {
    const char* const type = EVP_PKEY_get0_type_name(key);
    if (const auto kind = kind_of(key)) {
        return core::describe(*kind);
    }
    if (EVP_PKEY_is_a(key, "EC") == 1) {
        const auto name = group_name(key);
        return "EC on " + (name.empty() ? "a curve without a name" : name);
    }
    return type == nullptr ? "of no type" : type;
}

std::string public_der(const EVP_PKEY* key) {
    unsigned char* encoded = nullptr;
    const int size = i2d_PUBKEY(key, &encoded);
    const Handle<unsigned char, free_octets> owner{encoded};
    check(size, "the public key cannot be encoded");
    return {reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size)};
}

const char* curve_name(core::Curve curve) {
    return OBJ_nid2sn(curve_nids.at(static_cast<std::size_t>(curve)));
}

}  // namespace xmppfed::pki

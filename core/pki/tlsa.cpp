#include "core/pki/tlsa.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <iterator>

#include <fmt/format.h>

#include "core/pki/openssl.hpp"
#include "core/pki/verification.hpp"

namespace xmppfed::pki {

namespace {

constexpr std::string_view tlsa_failure = "a certificate cannot be compared with a TLSA record";

constexpr std::uint8_t selects_key = 1;  // 0: the whole certificate
constexpr std::uint8_t matches_whole = 0;
constexpr std::uint8_t matches_sha256 = 1;
constexpr std::uint8_t matches_sha512 = 2;

std::string octets_of_certificate(const core::Certificate& certificate) {
    const auto parsed = pki::parse(certificate);
    unsigned char* octets = nullptr;
    const int size = i2d_X509(parsed.get(), &octets);
    check(size, tlsa_failure);
    const Handle<unsigned char, free_octets> owned{octets};
    return {octets, octets + size};
}

std::string lower_hexadecimal(std::string_view octets) {
    std::string text;
    for (const char octet : octets) {
        fmt::format_to(std::back_inserter(text), "{:02x}", static_cast<unsigned char>(octet));
    }
    return text;
}

std::string content_digest(const std::string& content, const EVP_MD* digest) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> octets{};
    unsigned size = 0;
    check(EVP_Digest(content.data(), content.size(), octets.data(), &size, digest, nullptr), tlsa_failure);
    return {octets.data(), octets.data() + size};
}

}  // namespace

bool stands_for(const core::DnsTlsa& record, const core::Certificate& certificate) {
    start_openssl();
    if (record.selector > selects_key) {
        return false;
    }
    const auto content = record.selector == selects_key ? certificate.key.der : octets_of_certificate(certificate);
    switch (record.matching) {
    case matches_whole:
        return lower_hexadecimal(content) == record.data;
    case matches_sha256:
        return lower_hexadecimal(content_digest(content, EVP_sha256())) == record.data;
    case matches_sha512:
        return lower_hexadecimal(content_digest(content, EVP_sha512())) == record.data;
    default:
        return false;
    }
}

}  // namespace xmppfed::pki

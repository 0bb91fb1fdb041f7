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

enum Selector : std::uint8_t { whole_certificate = 0, public_key = 1 };
enum Matching : std::uint8_t { full = 0, sha256 = 1, sha512 = 2 };

std::string certificate_octets(const core::Certificate& certificate) {
    const auto parsed = parse(certificate);
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
    if (record.selector > public_key) {
        return false;
    }
    const auto content = record.selector == public_key ? certificate.key.der : certificate_octets(certificate);
    switch (record.matching) {
    case full:
        return lower_hexadecimal(content) == record.data;
    case sha256:
        return lower_hexadecimal(content_digest(content, EVP_sha256())) == record.data;
    case sha512:
        return lower_hexadecimal(content_digest(content, EVP_sha512())) == record.data;
    default:
        return false;
    }
}

}  // namespace xmppfed::pki

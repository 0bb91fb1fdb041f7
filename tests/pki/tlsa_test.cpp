#include "core/pki/tlsa.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "core/text/text.hpp"
#include "tests/pki/authority.hpp"

namespace xmppfed::pki {

TEST_CASE("a TLSA record stands for the certificate that it was made from, and no other") {
    const auto one = self_signed({.name = "one.example"}).facts();
    const auto other = self_signed({.name = "other.example"}).facts();
    const auto hexadecimal = [](std::string_view octets) {
        std::string text;
        for (const char octet : octets) {
            text += fmt::format("{:02x}", static_cast<unsigned char>(octet));
        }
        return text;
    };
    const auto digest = [&](const EVP_MD* kind) {
        std::array<char, EVP_MAX_MD_SIZE> octets{};
        unsigned size = 0;
        EVP_Digest(one.key.der.data(), one.key.der.size(), reinterpret_cast<unsigned char*>(octets.data()), &size, kind,
                   nullptr);
        return hexadecimal({octets.data(), size});
    };
    const auto record = [](std::uint8_t selector, std::uint8_t matching, std::string data) {
        return core::DnsTlsa{"one.example", 5269, 3, selector, matching, std::move(data)};
    };
    for (const auto& each : {record(1, 0, hexadecimal(one.key.der)), record(1, 1, digest(EVP_sha256())),
                             record(1, 2, digest(EVP_sha512())), record(0, 1, core::ascii_lower(one.fingerprint))}) {
        CAPTURE(static_cast<int>(each.selector), static_cast<int>(each.matching));
        CHECK(stands_for(each, one));
        CHECK_FALSE(stands_for(each, other));
    }
    CHECK_FALSE(stands_for(record(2, 1, digest(EVP_sha256())), one));
    CHECK_FALSE(stands_for(record(1, 3, digest(EVP_sha256())), one));
    CHECK_FALSE(stands_for(record(1, 1, ""), one));
}

}  // namespace xmppfed::pki

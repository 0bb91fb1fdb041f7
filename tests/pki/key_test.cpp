#include "core/pki/key.hpp"

#include <openssl/evp.h>

#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "tests/core/caught.hpp"

using namespace xmppfed::pki;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using xmppfed::core::caught;
using xmppfed::core::ErrorKind;

namespace {

KeyKind ec(Curve curve) {
    return {.algorithm = Algorithm::ec, .curve = curve};
}

/// Whether both are the same key, private half included.
bool same(const KeyPair& a, const KeyPair& b) {
    return EVP_PKEY_eq(a.handle(), b.handle()) == 1 && a.to_pem({}).text() == b.to_pem({}).text();
}

}  // namespace

TEST_CASE("a key is of the kind that was asked for, and is read back as it was") {
    for (const auto& kind : {ec(Curve::p256), ec(Curve::p384), ec(Curve::p521), KeyKind{.bits = 2048}}) {
        const auto key = KeyPair::generate(kind);
        CHECK(key.kind() == kind);
        const auto pem = key.to_pem({});
        CHECK_THAT(std::string{pem.text()}, StartsWith("-----BEGIN PRIVATE KEY-----\n"));
        const auto again = KeyPair::from_pem(pem.text(), {});
        CHECK(again.kind() == kind);
        CHECK(same(again, key));
    }
}

TEST_CASE("two keys differ") {
    CHECK_FALSE(same(KeyPair::generate(ec(Curve::p256)), KeyPair::generate(ec(Curve::p256))));
}

TEST_CASE("a key that OpenSSL cannot make is a failure with its cause") {
    const auto error = caught([] { (void)KeyPair::generate({.bits = 16}); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK(error.message == "the key pair cannot be made");
    CHECK_THAT(error.cause, Contains("key size too small"));
}

TEST_CASE("an encrypted key needs its passphrase") {
    const auto key = KeyPair::generate(ec(Curve::p256));
    const auto pem = key.to_pem(Secret{"correct horse"});
    CHECK_THAT(std::string{pem.text()}, StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    CHECK(same(KeyPair::from_pem(pem.text(), Secret{"correct horse"}), key));

    const auto wrong = caught([&] { (void)KeyPair::from_pem(pem.text(), Secret{"battery staple"}); });
    CHECK(wrong.kind == ErrorKind::failed);
    CHECK_THAT(wrong.message, Contains("passphrase") && Contains("wrong"));
    CHECK(wrong.cause.empty());  // OpenSSL's words depend on the form of the key, and help nobody
    REQUIRE(wrong.hints.size() == 1);
    CHECK_THAT(wrong.hints.front(), Contains("--key-passphrase-file"));

    const auto missing = caught([&] { (void)KeyPair::from_pem(pem.text(), {}); });
    CHECK(missing.kind == ErrorKind::usage);
    REQUIRE(missing.hints.size() == 1);
    CHECK_THAT(missing.hints.front(), Contains("--key-passphrase-file"));
}

TEST_CASE("a passphrase may be long, hold any byte, and matters to its last one") {
    const auto key = KeyPair::generate(ec(Curve::p256));
    std::string passphrase = std::string(5000, 'x') + '\0' + "ü";
    const auto pem = key.to_pem(Secret{std::string{passphrase}});
    CHECK(same(KeyPair::from_pem(pem.text(), Secret{std::string{passphrase}}), key));
    passphrase.back() = 'u';
    CHECK_THROWS(KeyPair::from_pem(pem.text(), Secret{std::move(passphrase)}));
}

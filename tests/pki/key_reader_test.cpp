#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <catch2/catch.hpp>

#include "core/pki/csr.hpp"
#include "core/pki/key.hpp"
#include "core/pki/openssl.hpp"
#include "tests/core/caught.hpp"
#include "tests/pki/keys.hpp"
#include "tests/pki/parsed_request.hpp"

using namespace xmppfed::pki;
using Catch::Matchers::Contains;
using xmppfed::core::caught;
using xmppfed::core::CertName;
using xmppfed::core::Error;
using xmppfed::core::ErrorKind;
using xmppfed::core::NameSource;
using xmppfed::core::NameType;

namespace {

using Key = Handle<EVP_PKEY, EVP_PKEY_free>;

enum class Form { pkcs8, traditional };

/// The key as OpenSSL's own functions write it.
std::string pem_of(EVP_PKEY* key, Form form, std::string passphrase = {}) {
    const Handle<BIO, BIO_free> output{BIO_new(BIO_s_mem())};
    const auto* const cipher = passphrase.empty() ? nullptr : EVP_aes_256_cbc();
    const auto size = static_cast<int>(passphrase.size());
    if (form == Form::pkcs8) {
        check(PEM_write_bio_PKCS8PrivateKey(output.get(), key, cipher, passphrase.data(), size, nullptr, nullptr),
              "write");
    } else {
        check(
            PEM_write_bio_PrivateKey_traditional(
                output.get(), key, cipher, reinterpret_cast<unsigned char*>(passphrase.data()), size, nullptr, nullptr),
            "write");
    }
    char* data = nullptr;
    const auto length = BIO_get_mem_data(output.get(), &data);
    return {data, static_cast<std::size_t>(length)};
}

Key rsa_pss_key() {
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{EVP_PKEY_CTX_new_from_name(nullptr, "RSA-PSS", nullptr)};
    check(EVP_PKEY_keygen_init(context.get()), "init");
    check(EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 1024), "bits");
    EVP_PKEY* key = nullptr;
    check(EVP_PKEY_generate(context.get(), &key), "generate");
    return Key{key};
}

KeyPair read(const std::string& pem, const char* passphrase = "") {
    return KeyPair::from_pem(pem, Secret{passphrase});
}

Error failure(const std::string& pem, const char* passphrase = "") {
    return caught([&] { (void)read(pem, passphrase); });
}

bool equal(const KeyPair& a, const EVP_PKEY* b) {
    return EVP_PKEY_eq(a.handle(), b) == 1;
}

}  // namespace

TEST_CASE("PKCS#1 and SEC 1 are read, encrypted or not, and RSA of any length") {
    const Key rsa{EVP_RSA_gen(1024)};
    const auto pkcs1 = pem_of(rsa.get(), Form::traditional);
    CHECK_THAT(pkcs1, Contains("BEGIN RSA PRIVATE KEY"));
    CHECK(equal(read(pkcs1), rsa.get()));
    CHECK(read(pkcs1).kind() == KeyKind{.bits = 1024});
    CHECK(equal(read(pem_of(rsa.get(), Form::traditional, "secret"), "secret"), rsa.get()));

    auto* const ec = any_key().handle();
    const auto sec1 = pem_of(ec, Form::traditional);
    CHECK_THAT(sec1, Contains("BEGIN EC PRIVATE KEY"));
    CHECK(equal(read(sec1), ec));
    CHECK(equal(read(pem_of(ec, Form::traditional, "secret"), "secret"), ec));
    CHECK(equal(read(pem_of(ec, Form::pkcs8, "secret"), "secret"), ec));
}

TEST_CASE("a passphrase is asked of nobody") {
    const auto pem = pem_of(any_key().handle(), Form::traditional, "secret");
    const auto missing = failure(pem);
    CHECK(missing.kind == ErrorKind::usage);
    CHECK_THAT(missing.hints.at(0), Contains("--key-passphrase-file"));
    CHECK(failure(pem_of(any_key().handle(), Form::pkcs8, "secret")).kind == ErrorKind::usage);

    // Up to one wrong passphrase in 256 gets past the padding, and must be told by what comes out.
    for (int i = 0; i < 600; ++i) {
        const auto wrong = failure(pem, ("wrong" + std::to_string(i)).c_str());
        REQUIRE(wrong.kind == ErrorKind::failed);
        REQUIRE_THAT(wrong.message, Contains("passphrase"));
    }
    CHECK_THAT(failure(pem, std::string(5000, 'x').c_str()).message, Contains("passphrase"));
}

TEST_CASE("the first key in the text is read, whatever stands around it") {
    const auto other = KeyPair::generate({.algorithm = Algorithm::ec, .curve = Curve::p256});
    const auto second = pem_of(other.handle(), Form::pkcs8);
    const auto first = pem_of(any_key().handle(), Form::pkcs8);
    const std::string parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    CHECK(equal(read("some notes\n" + parameters + first + second), any_key().handle()));
    CHECK(equal(read(second + first), other.handle()));

    std::string crlf;
    for (const char c : first) {
        crlf += c == '\n' ? "\r\n" : std::string{c};
    }
    CHECK(equal(read(crlf), any_key().handle()));
}

TEST_CASE("a text without a key says so") {
    const std::string certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (const auto& text : {std::string{}, std::string{"garbage"}, std::string(1000, '\0'), certificate}) {
        const auto error = failure(text);
        CHECK(error.kind == ErrorKind::failed);
        CHECK(error.message == "the text holds no private key in PEM");
        CHECK_THAT(error.cause, !Contains("no start line"));
        CHECK(error.hints.size() == 1);
    }
    CHECK(failure(certificate).cause == "it holds 'CERTIFICATE'");
}

TEST_CASE("of a key in DER the message says so, and how it becomes PEM") {
    const Key rsa{EVP_RSA_gen(1024)};
    for (auto* const key : {rsa.get(), any_key().handle()}) {
        unsigned char* encoded = nullptr;
        const auto size = i2d_PrivateKey(key, &encoded);
        REQUIRE(size > 0);
        const auto error = failure({reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size)});
        OPENSSL_free(encoded);
        CHECK(error.kind == ErrorKind::failed);
        CHECK(error.cause == "it is DER");
        CHECK_THAT(error.hints.at(0), Contains("-inform DER"));
    }
}

TEST_CASE("a damaged key is a failure, wherever the damage is") {
    const auto pem = pem_of(any_key().handle(), Form::pkcs8);
    for (std::size_t size = 0; size + 2 < pem.size(); ++size) {
        REQUIRE(failure(pem.substr(0, size)).kind == ErrorKind::failed);
    }
    for (const auto* const name : {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
        const auto block = std::string{"-----BEGIN "} + name + "-----\nMAAA\n-----END " + name + "-----\n";
        CHECK(failure(block, "secret").kind == ErrorKind::failed);
    }
    const auto cipher =
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: ROT13\n\nMAAA\n"
        "-----END RSA PRIVATE KEY-----\n";
    CHECK(failure(cipher, "secret").message == "the private key is damaged");
}

TEST_CASE("other kinds of keys are refused") {
    const Key ed25519{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
    const auto pss = rsa_pss_key();
    const Key koblitz{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "secp256k1")};
    for (const auto& [key, name] : {std::pair{ed25519.get(), "ED25519"}, std::pair{koblitz.get(), "secp256k1"},
                                    std::pair{pss.get(), "RSA-PSS"}}) {
        const auto error = failure(pem_of(key, Form::pkcs8));
        CHECK(error.kind == ErrorKind::refused);
        CHECK_THAT(error.cause, Contains(name));
        CHECK_THAT(error.hints.at(0), Contains("P-256, P-384 or P-521"));
        REQUIRE(error.diagnostics.size() == 1);
        CHECK(error.diagnostics[0].rule_id() == "cert-key-weak");
    }
    const auto form = failure("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
    CHECK(form.kind == ErrorKind::refused);
    CHECK_THAT(form.message, Contains("OPENSSH PRIVATE KEY"));
}

TEST_CASE("an EC key in an unusual form comes out in the usual one") {
    auto key = KeyPair::generate({.algorithm = Algorithm::ec, .curve = Curve::p384});
    const auto usual = std::string{key.to_pem({}).text()};
    check(EVP_PKEY_set_utf8_string_param(key.handle(), OSSL_PKEY_PARAM_EC_ENCODING, "explicit"), "explicit");
    check(EVP_PKEY_set_utf8_string_param(key.handle(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "compressed"),
          "compressed");
    const auto unusual = pem_of(key.handle(), Form::pkcs8);
    CHECK(unusual.size() > usual.size() + 100);

    const auto again = read(unusual);
    CHECK(again.kind() == KeyKind{.algorithm = Algorithm::ec, .curve = Curve::p384});
    CHECK(again.to_pem({}).text() == usual);

    const std::vector<CertName> names{{NameType::dns, "contoso.com", NameSource::xmpp_domain}};
    const ParsedRequest parsed{make_csr({.subject = {}, .names = names}, again)};
    CHECK(parsed.verifies());
    Handle<EVP_PKEY, EVP_PKEY_free> public_key{X509_REQ_get_pubkey(parsed.get())};
    CHECK(i2d_PUBKEY(public_key.get(), nullptr) == 120);  // the usual size for this curve
}

TEST_CASE("a private key that does not belong to its public key signs nothing") {
    const auto other = KeyPair::generate({.algorithm = Algorithm::ec, .curve = Curve::p256});
    unsigned char* point = nullptr;
    const auto size = EVP_PKEY_get1_encoded_public_key(other.handle(), &point);
    auto key = KeyPair::generate({.algorithm = Algorithm::ec, .curve = Curve::p256});
    check(EVP_PKEY_set1_encoded_public_key(key.handle(), point, size), "mismatch");
    OPENSSL_free(point);
    const auto mixed = pem_of(key.handle(), Form::pkcs8);

    const std::vector<CertName> names{{NameType::dns, "contoso.com", NameSource::xmpp_domain}};
    const auto error = caught([&] { (void)make_csr({.subject = {}, .names = names}, read(mixed)); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK(error.message == "the private key does not match its public key");
}

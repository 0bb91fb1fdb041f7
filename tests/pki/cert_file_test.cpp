#include "core/pki/cert_file.hpp"

#include <openssl/evp.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <fmt/format.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "core/pki/cert_content.hpp"
#include "core/pki/csr.hpp"
#include "core/pki/key.hpp"
#include "core/pki/openssl.hpp"
#include "tests/core/caught.hpp"
#include "tests/pki/keys.hpp"

using namespace xmppfed::pki;
using Catch::Matchers::Contains;
using xmppfed::core::caught;
using xmppfed::core::CertName;
using xmppfed::core::Error;
using xmppfed::core::ErrorKind;
using xmppfed::core::NameSource;
using xmppfed::core::NameType;

namespace {

using Parsed = Handle<X509, X509_free>;

/// A certificate that signs itself, with a DNS name.
Parsed certificate(const char* name = "sip.contoso.com") {
    Parsed made{X509_new()};
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 255);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -1);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 1000);
    X509_set_pubkey(made.get(), any_key().handle());
    auto* const subject = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("Edge"), -1, -1, 0);
    X509_set_issuer_name(made.get(), subject);
    const Handle<X509_EXTENSION, X509_EXTENSION_free> extension{
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, fmt::format("DNS:{}", name).c_str())};
    X509_add_ext(made.get(), extension.get(), -1);
    X509_sign(made.get(), any_key().handle(), EVP_sha256());
    return made;
}

std::string der_of(const X509* certificate) {
    unsigned char* data = nullptr;
    const int size = i2d_X509(certificate, &data);
    const Handle<unsigned char, free_octets> owner{data};
    return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)};
}

const std::string& der() {
    static const auto made = der_of(certificate().get());
    return made;
}

const std::string& pem() {
    static const auto made = to_pem(certificate().get());
    return made;
}

const std::string& csr() {
    static const std::vector<CertName> names{{NameType::dns, "sip.contoso.com", NameSource::access_edge}};
    static const auto made = make_csr({.names = names}, any_key());
    return made;
}

CertFile read(std::string_view text) {
    return read_cert_file(text, "the file");
}

/// Refused as what cannot be read, by a message that names the file or says what is wrong with the certificate.
void check_refused(std::string_view text) {
    const auto error = caught([&] { (void)read(text); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK_THAT(error.message, Contains("the file cannot be read") || Contains("certificate"));
    CHECK(error.hints.size() + error.cause.size() > 0);
}

}  // namespace

TEST_CASE("what a certificate says") {
    const auto file = read(pem());
    REQUIRE(file.certificates.size() == 1);
    CHECK(file.requests.empty());
    const auto& facts = file.certificates.front();
    CHECK(facts.subject.common_name == "Edge");
    REQUIRE(facts.names.size() == 1);
    CHECK(facts.names.front().value == "sip.contoso.com");
    CHECK(facts.key.der == any_key().public_der());
    CHECK(facts.serial == "FF");
    CHECK(facts.not_after - facts.not_before == std::chrono::seconds{1001});
    CHECK(facts.self_signed);
    CHECK_FALSE(facts.is_ca);
    CHECK_FALSE(facts.weak_signature);
    CHECK(facts.client_auth);
    CHECK(facts.pem == pem());
    CHECK(facts.fingerprint.size() == 64);
    CHECK(facts.thumbprint.size() == 40);
}

TEST_CASE("PEM, DER, and any number of blocks with text around them") {
    CHECK(read(der()).certificates.front().fingerprint == read(der()).certificates.front().fingerprint);
    CHECK(read(pem() + pem()).certificates.size() == 2);
    const auto mixed = read("Subject: ü\n" + pem() + "\n-- \n" + csr() + pem() + "the end");
    CHECK(mixed.certificates.size() == 2);
    CHECK(mixed.requests.size() == 1);
    CHECK(read("\xEF\xBB\xBF" + pem()).certificates.size() == 1);
    CHECK(read("0é, as DER begins nearly\n" + pem()).certificates.size() == 1);
    auto windows = pem();
    for (auto at = windows.find('\n'); at != std::string::npos; at = windows.find('\n', at + 2)) {
        windows.insert(at, "\r");
    }
    CHECK(read(windows).certificates.front().pem == pem());
}

TEST_CASE("a request's own signature counts") {
    const auto facts = read(csr()).requests.front();
    CHECK(facts.key.der == any_key().public_der());
    CHECK(facts.names.front().value == "sip.contoso.com");
    auto damaged = csr();
    const auto name = damaged.find("\n-----END") - 8;
    damaged[name] = damaged[name] == 'A' ? 'B' : 'A';
    check_refused(damaged);
}

TEST_CASE("a file that is cut off anywhere is refused") {
    for (std::size_t size = 0; size < der().size(); ++size) {
        check_refused(std::string_view{der()}.substr(0, size));
    }
    for (std::size_t size = 0; size + 1 < pem().size(); ++size) {  // the last newline may be missing
        check_refused(std::string_view{pem()}.substr(0, size));
    }
    const auto both = pem() + csr();
    for (auto size = pem().size() + std::string_view{"-----BEGIN "}.size(); size + 1 < both.size(); ++size) {
        check_refused(std::string_view{both}.substr(0, size));
    }
    CHECK(read(std::string_view{pem()}.substr(0, pem().size() - 1)).certificates.size() == 1);
}

TEST_CASE("octets behind DER are refused") {
    for (const auto& behind : {std::string(1, '\0'), std::string{"\n"}, std::string{"x"}, der(), pem(), csr()}) {
        check_refused(der() + behind);
        check_refused(der() + "\n" + behind);  // as if the signature ended with a line feed
    }
}

TEST_CASE("a block of another kind is refused, a key above all") {
    const auto key_pem = any_key().to_pem({});
    for (const auto& text : {pem() + std::string{key_pem.text()}, std::string{key_pem.text()} + pem()}) {
        const auto error = caught([&] { (void)read(text); });
        CHECK_THAT(error.cause, Contains("private key"));
    }
    check_refused(pem() + "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n");
    check_refused(pem() + "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
    check_refused(pem() + "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n");
}

TEST_CASE("any octet may change, and nothing worse than a refusal comes of it") {
    const auto readable = [](const std::string& text) {
        try {
            const auto file = read(text);
            return file.certificates.size() + file.requests.size() == 1;
        } catch (const Error& error) {
            return error.kind == ErrorKind::failed && !error.message.empty();
        }
    };
    for (std::size_t at = 0; at < der().size(); ++at) {
        for (const char change : {'\x01', '\x80', '\xff'}) {
            auto damaged = der();
            damaged[at] = static_cast<char>(damaged[at] ^ change);
            CHECK(readable(damaged));
        }
    }
    rc::prop("random octets", [&] {
        const auto text = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
        RC_ASSERT(readable(text));
        RC_ASSERT(readable("\x30" + text));
        RC_ASSERT(readable("-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n"));
    });
    rc::prop("random octets in a certificate", [&] {
        auto text = der();
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
        const auto piece = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
        text.replace(at, piece.size(), piece);
        RC_ASSERT(readable(text));
    });
}

TEST_CASE("Base64 without the lines of PEM is named, and read between them") {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----\n";
    const auto pem = to_pem(certificate().get());
    const auto bare = pem.substr(begin.size(), pem.find("-----END") - begin.size());
    const auto error = caught([&] { (void)read(bare); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK_THAT(error.cause, Contains("Base64"));
    CHECK_THAT(error.hints.front(), Contains("-----BEGIN CERTIFICATE-----"));
    CHECK(read(fmt::format("{}{}-----END CERTIFICATE-----\n", begin, bare)).certificates.size() == 1);
    for (const auto* const text : {"MIDI is no certificate.", "no certificate either"}) {
        CHECK_THAT(caught([&] { (void)read(text); }).cause, !Contains("Base64"));
    }
}

TEST_CASE("a name with a NUL character is refused") {
    auto damaged = der_of(certificate("sip.contoso.com.evil.com").get());
    const auto at = damaged.find("sip.contoso.com.evil.com");
    damaged[at + 15] = '\0';
    const auto error = caught([&] { (void)read(damaged); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK_THAT(error.cause, Contains("NUL"));
}

TEST_CASE("many names are read, too many are not") {
    const auto with_names = [](int count) {
        std::vector<CertName> names;
        for (int i = 0; i < count; ++i) {
            names.push_back({NameType::dns, fmt::format("n{}.contoso.com", i), NameSource::additional});
        }
        return make_csr({.names = names}, any_key());
    };
    CHECK(read(with_names(20'000)).requests.front().names.size() == 20'000);
    const auto error = caught([&] { (void)read(with_names(20'001)); });
    CHECK_THAT(error.cause, Contains("20001 names"));
}

TEST_CASE("a file has no more certificates than anybody needs") {
    std::string crowd;
    for (std::size_t i = 0; i < most_in_file + 1; ++i) {
        crowd += "-----BEGIN CERTIFICATE-----\n";
    }
    const auto error = caught([&] { (void)read(crowd); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK_THAT(error.cause, Contains("2001 certificates or requests"));
    CHECK(error.hints.size() == 1);

    const Handle<PKCS7, PKCS7_free> message{PKCS7_new()};
    PKCS7_set_type(message.get(), NID_pkcs7_signed);
    PKCS7_content_new(message.get(), NID_pkcs7_data);
    const auto one = certificate();
    for (std::size_t i = 0; i < most_in_file + 1; ++i) {
        PKCS7_add_certificate(message.get(), one.get());
    }
    unsigned char* data = nullptr;
    const int size = i2d_PKCS7(message.get(), &data);
    const Handle<unsigned char, free_octets> owner{data};
    const auto in_message = caught([&] {
        (void)read({reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)});
    });
    CHECK(in_message.cause == error.cause);
}

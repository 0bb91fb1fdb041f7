#include "core/pki/pfx.hpp"

#include <openssl/pkcs12.h>

#include <catch2/catch.hpp>

#include "tests/core/caught.hpp"
#include "tests/pki/authority.hpp"

using namespace xmppfed::pki;
using xmppfed::core::caught;
using xmppfed::core::ErrorKind;

namespace {

void free_certificates(STACK_OF(X509) * stack) {
    sk_X509_pop_free(stack, X509_free);
}

void free_contents(STACK_OF(PKCS7) * stack) {
    sk_PKCS7_pop_free(stack, PKCS7_free);
}

void free_bags(STACK_OF(PKCS12_SAFEBAG) * stack) {
    sk_PKCS12_SAFEBAG_pop_free(stack, PKCS12_SAFEBAG_free);
}

using Pfx = Handle<PKCS12, PKCS12_free>;
using Contents = Handle<STACK_OF(PKCS7), free_contents>;
using Bags = Handle<STACK_OF(PKCS12_SAFEBAG), free_bags>;

const Holder& root() {
    static const auto made = self_signed({.name = "Root", .is_ca = true});
    return made;
}

const Holder& server() {
    static const auto made = issued_by(root(), {.name = "sip.contoso.com"});
    return made;
}

Pfx parsed(const Secret& pfx) {
    const auto* data = reinterpret_cast<const unsigned char*>(pfx.text().data());
    Pfx result{d2i_PKCS12(nullptr, &data, static_cast<long>(pfx.text().size()))};
    REQUIRE(result);
    CHECK(reinterpret_cast<const char*>(data) == pfx.text().data() + pfx.text().size());  // and no octet behind it
    return result;
}

/// What a PKCS#12 file holds, as OpenSSL opens it.
struct Opened {
    Handle<EVP_PKEY, EVP_PKEY_free> key;
    std::string certificate;
    std::vector<std::string> others;
    std::string friendly_name;
};

Opened opened(const Secret& pfx, const std::string& password) {
    EVP_PKEY* key = nullptr;
    X509* certificate = nullptr;
    STACK_OF(X509)* others = nullptr;
    REQUIRE(PKCS12_parse(parsed(pfx).get(), password.c_str(), &key, &certificate, &others) == 1);
    Opened result{Handle<EVP_PKEY, EVP_PKEY_free>{key}, {}, {}, {}};
    const Handle<X509, X509_free> owner{certificate};
    const Handle<STACK_OF(X509), free_certificates> stack{others};
    result.certificate = to_pem(certificate);
    for (int i = 0; i < sk_X509_num(others); ++i) {
        result.others.push_back(to_pem(sk_X509_value(others, i)));
    }
    int size = 0;
    if (const auto* const name = X509_alias_get0(certificate, &size); name != nullptr) {
        result.friendly_name = {reinterpret_cast<const char*>(name), static_cast<std::size_t>(size)};
    }
    return result;
}

Secret pfx_of(const std::string& friendly_name, const std::string& chain = {}) {
    return make_pfx(server().key, server().pem(), chain, friendly_name, Secret{"geheim"});
}

/// PBES2 with AES-256-CBC, and PBKDF2 of as many rounds as the MAC takes.
void check_encryption(const X509_ALGOR* algorithm) {
    const ASN1_OBJECT* identifier = nullptr;
    X509_ALGOR_get0(&identifier, nullptr, nullptr, algorithm);
    CHECK(OBJ_obj2nid(identifier) == NID_pbes2);
    const Handle<PBE2PARAM, PBE2PARAM_free> scheme{
        static_cast<PBE2PARAM*>(ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), algorithm->parameter))};
    REQUIRE(scheme);
    CHECK(OBJ_obj2nid(scheme->encryption->algorithm) == NID_aes_256_cbc);
    REQUIRE(OBJ_obj2nid(scheme->keyfunc->algorithm) == NID_id_pbkdf2);
    const Handle<PBKDF2PARAM, PBKDF2PARAM_free> derivation{
        static_cast<PBKDF2PARAM*>(ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), scheme->keyfunc->parameter))};
    REQUIRE(derivation);
    CHECK(ASN1_INTEGER_get(derivation->iter) == 100'000);
}

}  // namespace

TEST_CASE("a PKCS#12 file gives back the key, its certificate under its name, and the chain") {
    const auto upper = issued_by(root(), {.name = "Upper CA", .is_ca = true});
    const auto lower = issued_by(upper, {.name = "Lower CA", .is_ca = true});
    const auto content = opened(pfx_of("Edge external sip.contoso.com", lower.pem() + upper.pem()), "geheim");
    CHECK(EVP_PKEY_eq(content.key.get(), server().key.handle()) == 1);
    CHECK(content.certificate == server().pem());
    CHECK(content.others == std::vector<std::string>{lower.pem(), upper.pem()});
    CHECK(content.friendly_name == "Edge external sip.contoso.com");
}

TEST_CASE("a PKCS#12 file needs no chain") {
    const auto content = opened(pfx_of("Edge"), "geheim");
    CHECK(content.certificate == server().pem());
    CHECK(content.others.empty());
}

TEST_CASE("a friendly name keeps what the basic multilingual plane has") {
    CHECK(opened(pfx_of("B\u00fcro \u30bd \uffee"), "geheim").friendly_name == "B\u00fcro \u30bd \uffee");
    CHECK(opened(pfx_of("a\U00010000b\U0001F512"), "geheim").friendly_name == "a\ufffdb\ufffd");
}

TEST_CASE("a PKCS#12 file opens by its own password only") {
    for (const auto* password : {"geheim", "pass w\u00f6rd \u30bd\U0001F512", "x"}) {
        const auto pfx = make_pfx(server().key, server().pem(), "", "Edge", Secret{password});
        CHECK(opened(pfx, password).certificate == server().pem());
        CHECK(PKCS12_verify_mac(parsed(pfx).get(), password, -1) == 1);
        CHECK(PKCS12_verify_mac(parsed(pfx).get(), "falsch", -1) == 0);
        CHECK(PKCS12_verify_mac(parsed(pfx).get(), "", -1) == 0);
    }
}

TEST_CASE("nothing in a PKCS#12 file is in the clear, and the password is dear to guess") {
    const auto secret = pfx_of("Edge", root().pem());
    const auto pfx = parsed(secret);
    const X509_ALGOR* digest = nullptr;
    const ASN1_INTEGER* rounds = nullptr;
    PKCS12_get0_mac(nullptr, &digest, nullptr, &rounds, pfx.get());
    CHECK(OBJ_obj2nid(digest->algorithm) == NID_sha256);
    CHECK(ASN1_INTEGER_get(rounds) == 100'000);

    const Contents contents{PKCS12_unpack_authsafes(pfx.get())};
    REQUIRE(sk_PKCS7_num(contents.get()) == 2);
    int keys = 0;
    for (int i = 0; i < 2; ++i) {
        auto* const content = sk_PKCS7_value(contents.get(), i);
        if (OBJ_obj2nid(content->type) == NID_pkcs7_encrypted) {
            check_encryption(content->d.encrypted->enc_data->algorithm);
            continue;
        }
        const Bags bags{PKCS12_unpack_p7data(content)};
        REQUIRE(sk_PKCS12_SAFEBAG_num(bags.get()) == 1);
        const auto* const bag = sk_PKCS12_SAFEBAG_value(bags.get(), 0);
        REQUIRE(PKCS12_SAFEBAG_get_nid(bag) == NID_pkcs8ShroudedKeyBag);
        const X509_ALGOR* algorithm = nullptr;
        X509_SIG_get0(PKCS12_SAFEBAG_get0_pkcs8(bag), &algorithm, nullptr);
        check_encryption(algorithm);
        ++keys;
    }
    CHECK(keys == 1);
}

TEST_CASE("a legacy PKCS#12 file is encrypted by triple DES and SHA-1") {
    const auto secret =
        make_pfx(server().key, server().pem(), root().pem(), "Edge", Secret{"geheim"}, PfxEncryption::legacy);
    const auto contents = opened(secret, "geheim");
    CHECK(contents.certificate == server().pem());
    CHECK(contents.others == std::vector<std::string>{root().pem()});
    CHECK(contents.friendly_name == "Edge");
    const auto pfx = parsed(secret);
    const X509_ALGOR* digest = nullptr;
    PKCS12_get0_mac(nullptr, &digest, nullptr, nullptr, pfx.get());
    CHECK(OBJ_obj2nid(digest->algorithm) == NID_sha1);
    const Contents parts{PKCS12_unpack_authsafes(pfx.get())};
    int encrypted = 0;
    for (int i = 0; i < sk_PKCS7_num(parts.get()); ++i) {
        auto* const part = sk_PKCS7_value(parts.get(), i);
        if (OBJ_obj2nid(part->type) == NID_pkcs7_encrypted) {
            CHECK(OBJ_obj2nid(part->d.encrypted->enc_data->algorithm->algorithm) ==
                  NID_pbe_WithSHA1And3_Key_TripleDES_CBC);
            ++encrypted;
        }
    }
    CHECK(encrypted == 1);
}

TEST_CASE("a PKCS#12 file is not made of a key and another one's certificate, or of none") {
    const auto other = self_signed({.name = "sip.contoso.com"});
    for (const auto& certificate : {other.pem(), std::string{}, std::string{"no certificate"}}) {
        const auto error =
            caught([&] { (void)make_pfx(server().key, certificate, root().pem(), "Edge", Secret{"geheim"}); });
        CHECK(error.kind == ErrorKind::failed);
        CHECK(error.message == "the PKCS#12 file cannot be made");
        CHECK_FALSE(error.cause.empty());
    }
}

TEST_CASE("a password with a NUL character is refused: nothing would open the file") {
    const auto error = caught([] {
        (void)make_pfx(server().key, server().pem(), "", "Edge", Secret{std::string{"gehe\0im", 7}});
    });
    CHECK(error.kind == ErrorKind::usage);
    CHECK_THAT(error.message, Catch::Matchers::Contains("password") && Catch::Matchers::Contains("NUL"));
}

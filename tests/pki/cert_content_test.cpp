#include "core/pki/cert_content.hpp"

#include <openssl/objects.h>

#include <catch2/catch.hpp>

#include "tests/core/caught.hpp"
#include "tests/pki/authority.hpp"

using namespace xmppfed::pki;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using xmppfed::core::caught;
using xmppfed::core::Certificate;
using xmppfed::core::CertName;
using xmppfed::core::ErrorKind;
using xmppfed::core::NameSource;
using xmppfed::core::NameType;

namespace {

constexpr const char* srv_id = "otherName:1.3.6.1.5.5.7.8.7;";
constexpr const char* xmpp_id = "otherName:1.3.6.1.5.5.7.8.5;";

const Holder& issuer() {
    static const auto made = self_signed({.name = "Issuing CA", .is_ca = true});
    return made;
}

Certificate facts(const CertWish& wish) {
    return certificate_facts(certified(wish, any_key(), issuer()).get());
}

Certificate with(int nid, const std::string& value) {
    return facts({.name = "Edge", .extensions = {{nid, value}}});
}

std::vector<CertName> names(const std::string& value) {
    return with(NID_subject_alt_name, value).names;
}

std::vector<CertName> one(NameType type, std::string value) {
    return {{type, std::move(value), NameSource::additional}};
}

/// A certificate that `change` has had its hand in before it was signed.
Handle<X509, X509_free> changed(auto change) {
    auto certificate = unsigned_certificate({.name = "Edge"}, any_key());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer().certificate.get()));
    change(certificate.get());
    X509_sign(certificate.get(), issuer().key.handle(), EVP_sha256());
    return certificate;
}

void free_extensions(STACK_OF(X509_EXTENSION) * extensions) {
    sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
}

void push_octets(STACK_OF(X509_EXTENSION) * extensions, int nid, std::string_view octets) {
    sk_X509_EXTENSION_push(extensions, octets_extension(nid, octets).release());
}

/// A request with the extensions that `add` pushes.
Handle<X509_REQ, X509_REQ_free> requested(auto add) {
    Handle<X509_REQ, X509_REQ_free> request{X509_REQ_new()};
    add_to_name(X509_REQ_get_subject_name(request.get()), "CN", "Edge");
    X509_REQ_set_pubkey(request.get(), any_key().handle());
    const Handle<STACK_OF(X509_EXTENSION), free_extensions> extensions{sk_X509_EXTENSION_new_null()};
    add(extensions.get());
    if (sk_X509_EXTENSION_num(extensions.get()) > 0) {
        X509_REQ_add_extensions(request.get(), extensions.get());
    }
    X509_REQ_sign(request.get(), any_key().handle(), EVP_sha256());
    return request;
}

void check_unreadable(const X509* certificate, const std::string& cause) {
    const auto error = caught([&] { (void)certificate_facts(const_cast<X509*>(certificate)); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK(error.message == "the certificate cannot be read");
    CHECK_THAT(error.cause, Contains(cause));
}

}  // namespace

TEST_CASE("a certificate says who issued what to whom, and for how long") {
    const auto certificate = certified({.name = "Edge"}, any_key(), issuer());
    const auto read = certificate_facts(certificate.get());
    CHECK(read.subject.common_name == "Edge");
    CHECK(read.issuer == "CN=Issuing CA");
    CHECK(read.serial == "0A");
    CHECK(read.not_before == test_now - std::chrono::days{10});
    CHECK(read.not_after == test_now + std::chrono::days{90});
    CHECK_FALSE(read.is_ca);
    CHECK_FALSE(read.self_signed);
    CHECK(read.signature == "ecdsa-with-SHA256");
    CHECK_FALSE(read.weak_signature);
    CHECK(read.key.der == any_key().public_der());
    CHECK(read.key.kind == quick_key);
    CHECK(read.key.bits == 256);
    CHECK(read.names.empty());
    CHECK(read.pem == to_pem(certificate.get()));
    const auto ca = issuer().facts();
    CHECK(ca.is_ca);
    CHECK(ca.self_signed);
}

TEST_CASE("what says that it is a CA is one, whatever its key may do") {
    const std::pair<int, std::string> authority{NID_basic_constraints, "critical,CA:TRUE"};
    const std::pair<int, std::string> server{NID_basic_constraints, "critical,CA:FALSE"};
    const std::pair<int, std::string> signs{NID_key_usage, "keyCertSign"};
    const std::pair<int, std::string> encrypts{NID_key_usage, "digitalSignature,keyEncipherment"};
    const auto is_ca = [](std::vector<std::pair<int, std::string>> extensions) {
        return certificate_facts(
                   certified({.name = "Edge", .extensions = std::move(extensions)}, any_key(), issuer()).get())
            .is_ca;
    };
    CHECK(is_ca({authority, encrypts}));
    CHECK(is_ca({authority, signs}));
    CHECK(is_ca({authority}));
    CHECK(is_ca({signs}));
    CHECK_FALSE(is_ca({server, encrypts}));
    CHECK_FALSE(is_ca({encrypts}));
    CHECK_FALSE(is_ca({}));
}

TEST_CASE("fingerprints are digests of the whole certificate, in upper-case hexadecimal") {
    const auto certificate = certified({.name = "Edge"}, any_key(), issuer());
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate.get(), &der);
    const Handle<unsigned char, free_octets> owner{der};
    const auto digest = [&](const EVP_MD* kind) {
        std::string octets(static_cast<std::size_t>(EVP_MD_get_size(kind)), '\0');
        EVP_Digest(der, static_cast<std::size_t>(size), reinterpret_cast<unsigned char*>(octets.data()), nullptr, kind,
                   nullptr);
        std::string text;
        for (const char octet : octets) {
            constexpr std::string_view digits = "0123456789ABCDEF";
            text += digits[static_cast<unsigned char>(octet) / 16];
            text += digits[static_cast<unsigned char>(octet) % 16];
        }
        return text;
    };
    CHECK(certificate_facts(certificate.get()).fingerprint == digest(EVP_sha256()));
    CHECK(certificate_facts(certificate.get()).thumbprint == digest(EVP_sha1()));
}

TEST_CASE("times are read in UTC, before 1970 and beyond 2050 too") {
    using std::chrono::sys_days;
    using std::chrono::year;
    const auto read = facts({.name = "Edge",
                             .from = sys_days{year{1968} / 2 / 29} + 23h + 59min + 59s,
                             .to = sys_days{year{9999} / 12 / 31} + 23h + 59min + 59s});
    CHECK(read.not_before == sys_days{year{1968} / 2 / 29} + 23h + 59min + 59s);
    CHECK(read.not_after == sys_days{year{9999} / 12 / 31} + 23h + 59min + 59s);
}

TEST_CASE("names of our three kinds are read, DNS names and SRV-IDs in lower case") {
    CHECK(names("DNS:SIP.Contoso.com") == one(NameType::dns, "sip.contoso.com"));
    CHECK(names(std::string{srv_id} + "IA5STRING:_xmpp-server.Contoso.com") ==
          one(NameType::srv, "_xmpp-server.contoso.com"));
    const auto certificate = changed([](X509* it) {
        const auto address = octets_extension(NID_subject_alt_name,
                                              "\x30\x1f\xa0\x1d\x06\x08\x2b\x06\x01\x05\x05\x07\x08\x05\xa0\x11\x0c\x0f"
                                              "b\u00fccher.example");
        X509_add_ext(it, address.get(), -1);
    });
    CHECK(certificate_facts(certificate.get()).names == one(NameType::xmpp_addr, "b\u00fccher.example"));
    const auto several = names("DNS:a.example,DNS:*.b.example,DNS:a.example");
    REQUIRE(several.size() == 3);  // in their order, and as often as they are there
    CHECK(several[1].value == "*.b.example");
}

TEST_CASE("names of other kinds and forms are left out") {
    for (const auto& other :
         {std::string{"IP:192.0.2.1"}, std::string{"email:a@contoso.com"}, std::string{"URI:xmpp:contoso.com"},
          std::string{"otherName:1.2.3.4;UTF8:contoso.com"},
          std::string{"otherName:1.3.6.1.5.5.7.8.75;UTF8:contoso.com"}, std::string{srv_id} + "BMP:contoso.com",
          std::string{xmpp_id} + "BOOLEAN:true", std::string{srv_id} + "UTF8:_xmpp-server.contoso.com",
          std::string{xmpp_id} + "IA5STRING:contoso.com"}) {
        CAPTURE(other);
        CHECK(names(other).empty());
        CHECK(names(other + ",DNS:a.example") == one(NameType::dns, "a.example"));
    }
}

TEST_CASE("a subject has each attribute in UTF-8, the first where one is there twice") {
    const auto certificate = changed([](X509* it) {
        auto* const name = X509_get_subject_name(it);
        add_to_name(name, "C", "CH", V_ASN1_PRINTABLESTRING);
        add_to_name(name, "ST", "Z\xfcrich", V_ASN1_T61STRING);
        add_to_name(name, "L", std::string_view{"\0Z\0\xfc", 4}, V_ASN1_BMPSTRING);
        add_to_name(name, "O", "Contoso \u30bd");
        add_to_name(name, "OU", "first");
        add_to_name(name, "OU", "second");
    });
    CHECK(certificate_facts(certificate.get()).subject ==
          xmppfed::core::CertSubject{"CH", "Z\u00fcrich", "Z\u00fc", "Contoso \u30bd", "first", "Edge"});
}

TEST_CASE("an issuer is written as RFC 4514 has it, in UTF-8") {
    const auto ca = self_signed({.name = "B\u00fcro, \"CA\"", .is_ca = true});
    CHECK(certificate_facts(certified({.name = "Edge"}, any_key(), ca).get()).issuer == "CN=B\u00fcro\\, \\\"CA\\\"");
}

TEST_CASE("client authentication is allowed where the usages have it, or where there are none") {
    CHECK(facts({.name = "Edge"}).client_auth);
    CHECK(with(NID_ext_key_usage, "serverAuth,clientAuth").client_auth);
    CHECK_FALSE(with(NID_ext_key_usage, "anyExtendedKeyUsage").client_auth);
    CHECK_FALSE(with(NID_ext_key_usage, "serverAuth").client_auth);
    CHECK_FALSE(with(NID_ext_key_usage, "serverAuth,emailProtection").client_auth);
}

TEST_CASE("signatures by SHA-1, MD5 and older are weak") {
    for (const auto* digest : {EVP_sha224(), EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
        CHECK_FALSE(facts({.name = "Edge", .digest = digest}).weak_signature);
    }
    const auto sha1 = facts({.name = "Edge", .digest = EVP_sha1()});
    CHECK(sha1.weak_signature);
    CHECK(sha1.signature == "ecdsa-with-SHA1");
    const auto rsa = self_signed({.name = "Old CA", .key = {.bits = 1024}, .digest = EVP_md5()});
    CHECK(rsa.facts().weak_signature);
    CHECK(rsa.facts().signature == "md5WithRSAEncryption");
}

TEST_CASE("a signature by an algorithm that nobody knows is weak") {
    auto certificate = certified({.name = "Edge"}, any_key(), issuer());
    const X509_ALGOR* algorithm = nullptr;
    X509_get0_signature(nullptr, &algorithm, certificate.get());
    const Handle<ASN1_OBJECT, ASN1_OBJECT_free> unknown{OBJ_txt2obj("1.2.3.4.5", 1)};
    X509_ALGOR_set0(const_cast<X509_ALGOR*>(algorithm), OBJ_dup(unknown.get()), V_ASN1_UNDEF, nullptr);
    CHECK(certificate_facts(certificate.get()).weak_signature);
}

TEST_CASE("a key of another kind is described, and has no kind") {
    const Handle<EVP_PKEY, EVP_PKEY_free> other{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
    const auto read = certificate_facts(changed([&](X509* it) { X509_set_pubkey(it, other.get()); }).get());
    CHECK(read.key.kind == std::nullopt);
    CHECK(read.key.description == "ED25519");
    CHECK_FALSE(read.key.der.empty());
}

TEST_CASE("serving is allowed where the usages have it by name, or where there are none") {
    CHECK(facts({.name = "Edge"}).server_auth);
    CHECK(with(NID_ext_key_usage, "serverAuth").server_auth);
    CHECK_FALSE(with(NID_ext_key_usage, "clientAuth").server_auth);
    CHECK_FALSE(with(NID_ext_key_usage, "anyExtendedKeyUsage").server_auth);
    CHECK_FALSE(with(NID_ext_key_usage, "1.2.3.4").server_auth);
}

TEST_CASE("a Netscape certificate type has to name what the certificate is for") {
    const auto type_has = [](const xmppfed::core::Certificate& it) {
        return std::pair{it.server_type, it.client_type};
    };
    CHECK(type_has(facts({.name = "Edge"})) == std::pair{true, true});
    CHECK(type_has(with(NID_netscape_cert_type, "server,client")) == std::pair{true, true});
    CHECK(type_has(with(NID_netscape_cert_type, "server")) == std::pair{true, false});
    CHECK(type_has(with(NID_netscape_cert_type, "client,email")) == std::pair{false, true});
    CHECK_FALSE(with(NID_netscape_cert_type, "client").is_for_servers());
    CHECK_FALSE(with(NID_netscape_cert_type, "server").is_for_clients());
}

TEST_CASE("a handshake is signed where the key usage has it, or where there is none") {
    CHECK(facts({.name = "Edge"}).digital_signature);
    CHECK(with(NID_key_usage, "digitalSignature").digital_signature);
    CHECK_FALSE(with(NID_key_usage, "keyEncipherment").digital_signature);
    CHECK_FALSE(with(NID_key_usage, "nonRepudiation").digital_signature);
}

TEST_CASE("must-staple is the TLS feature status_request") {
    CHECK_FALSE(facts({.name = "Edge"}).must_staple);
    CHECK(with(NID_tlsfeature, "status_request").must_staple);
    CHECK_FALSE(with(NID_tlsfeature, "17").must_staple);
}

TEST_CASE("a CA that has a new key is not its own issuer") {
    const auto renewed = certified({.name = "Issuing CA", .is_ca = true}, any_key(), issuer());
    const auto read = certificate_facts(renewed.get());
    CHECK_FALSE(read.self_signed);
    CHECK(read.subject_hash == read.issuer_hash);
    CHECK(read.subject_hash == issuer().facts().subject_hash);
    CHECK(read.subject_hash != facts({.name = "Edge"}).subject_hash);
}

TEST_CASE("an attribute of no length is read") {
    const auto certificate =
        changed([](X509* it) { add_to_name(X509_get_subject_name(it), "OU", "", V_ASN1_UTF8STRING); });
    CHECK(certificate_facts(certificate.get()).subject.organizational_unit.empty());
    CHECK(certificate_facts(certificate.get()).subject.common_name == "Edge");
}

TEST_CASE("an extension that is damaged or twice there is a defect, and counts as not there") {
    const auto defects = [](auto change) { return certificate_facts(changed(change).get()).defects; };
    const auto add_octets = [](X509* it, int nid, std::string_view octets) {
        X509_add_ext(it, octets_extension(nid, octets).get(), -1);
    };
    using Defects = std::vector<std::string>;
    CHECK(facts({.name = "Edge"}).defects.empty());
    CHECK(defects([&](X509* it) { add_octets(it, NID_subject_alt_name, "\x30\x05zz"); }) ==
          Defects{"has a damaged subjectAltName"});
    CHECK(defects([&](X509* it) { add_octets(it, NID_ext_key_usage, "x"); }) ==
          Defects{"has a damaged extendedKeyUsage"});
    CHECK(defects([&](X509* it) { add_octets(it, NID_key_usage, "x"); }) == Defects{"has a damaged keyUsage"});
    CHECK(defects([&](X509* it) { add_octets(it, NID_basic_constraints, "x"); }) ==
          Defects{"has an extension that is damaged, or there twice"});
    CHECK(defects([](X509* it) {
              add_extension(it, NID_subject_alt_name, "DNS:a.example");
              add_extension(it, NID_subject_alt_name, "DNS:b.example");
          }) == Defects{"has more than one subjectAltName"});
}

TEST_CASE("what verifiers refuse in a certificate's form is a defect") {
    const auto defects = [](auto change) { return certificate_facts(changed(change).get()).defects; };
    const auto add_critical = [](X509* it, const char* identifier) {
        const Handle<ASN1_OBJECT, ASN1_OBJECT_free> object{OBJ_txt2obj(identifier, 1)};
        const Handle<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> data{ASN1_OCTET_STRING_new()};
        const unsigned char null[] = {5, 0};
        ASN1_OCTET_STRING_set(data.get(), null, 2);
        const Handle<X509_EXTENSION, X509_EXTENSION_free> made{
            X509_EXTENSION_create_by_OBJ(nullptr, object.get(), 1, data.get())};
        X509_add_ext(it, made.get(), -1);
    };
    REQUIRE(defects([&](X509* it) { add_critical(it, "1.2.3.4"); }).size() == 1);
    CHECK_THAT(defects([&](X509* it) { add_critical(it, "1.2.3.4"); }).front(), Contains("critical extension 1.2.3.4"));
    CHECK_THAT(defects([&](X509* it) { add_critical(it, "1.3.6.1.4.1.11129.2.4.3"); }).front(),
               Contains("precertificate"));
    const auto with_time = [&](int type, const char* text) {
        return defects([&](X509* it) {
            const Handle<ASN1_TIME, ASN1_TIME_free> time{ASN1_STRING_type_new(type)};
            ASN1_STRING_set(time.get(), text, -1);
            X509_set1_notAfter(it, time.get());
        });
    };
    CHECK(with_time(V_ASN1_UTCTIME, "270101000000Z").empty());
    CHECK(with_time(V_ASN1_GENERALIZEDTIME, "20500101000000Z").empty());
    CHECK(with_time(V_ASN1_GENERALIZEDTIME, "20491231235959Z").size() == 1);
    for (const auto* text : {"2701010000Z", "270101000000", "270101000000+0100", "27010100000xZ", ""}) {
        CAPTURE(text);
        CHECK(with_time(V_ASN1_UTCTIME, text).size() == 1);
    }
    CHECK(with_time(V_ASN1_GENERALIZEDTIME, "20500101000000.5Z").size() == 1);
}

TEST_CASE("two signature algorithms are a defect") {
    auto certificate = certified({.name = "Edge"}, any_key(), issuer());
    const X509_ALGOR* algorithm = nullptr;
    X509_get0_signature(nullptr, &algorithm, certificate.get());
    X509_ALGOR_set0(const_cast<X509_ALGOR*>(algorithm), OBJ_nid2obj(NID_ecdsa_with_SHA384), V_ASN1_UNDEF, nullptr);
    CHECK(certificate_facts(certificate.get()).defects == std::vector<std::string>{"names two signature algorithms"});
}

TEST_CASE("a key of a kind that OpenSSL does not know has that kind's name, and its octets") {
    const auto read = certificate_facts(certified_unknown_key({.name = "Edge"}, issuer(), post_quantum).get());
    CHECK(read.key.kind == std::nullopt);
    CHECK_FALSE(read.key.is_elliptic);
    CHECK(read.key.description == "2.16.840.1.101.3.4.3.18");
    CHECK_FALSE(read.key.der.empty());
}

TEST_CASE("an EC key that OpenSSL cannot read is one of EC all the same") {
    const auto read = certificate_facts(certified_unknown_key({.name = "Edge"}, issuer(), "1.2.840.10045.2.1").get());
    CHECK(read.key.kind == std::nullopt);
    CHECK(read.key.is_elliptic);
    CHECK(read.key.description == "EC on a curve, or with a point, that nobody knows");
}

TEST_CASE("a name with a NUL character makes a certificate unreadable") {
    check_unreadable(changed([](X509* it) {
                         constexpr std::string_view name{
                             "\x30\x0b\x82\x09"
                             "a.com\0b.c",
                             13};
                         X509_add_ext(it, octets_extension(NID_subject_alt_name, name).get(), -1);
                     }).get(),
                     "NUL");
}

TEST_CASE("a certificate without a key that can be read is refused") {
    const Handle<X509, X509_free> empty{X509_new()};
    const auto error = caught([&] { (void)certificate_facts(empty.get()); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK(error.message == "the public key of the certificate cannot be read");
}

TEST_CASE("a request is read like a certificate, and by its own signature") {
    const auto read = [](X509_REQ* it) { return request_facts(it); };
    const auto request = requested([](STACK_OF(X509_EXTENSION) * it) {
        push_octets(it, NID_subject_alt_name,
                    "\x30\x0b\x82\x09"
                    "A.example");
        push_octets(it, NID_ext_key_usage, "\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01");
    });
    CHECK(read(request.get()).subject.common_name == "Edge");
    CHECK(read(request.get()).names == one(NameType::dns, "a.example"));
    CHECK(read(request.get()).key.der == any_key().public_der());
    CHECK_FALSE(read(request.get()).client_auth);
    CHECK(read(requested([](auto*) {}).get()).client_auth);
    CHECK(read(requested([](auto*) {}).get()).names.empty());

    X509_REQ_set_version(request.get(), 1);  // and so it is not what was signed
    const auto error = caught([&] { (void)read(request.get()); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK(error.message == "the signature of the certificate request is wrong");
}

TEST_CASE("an extension that is damaged is a defect of a request too") {
    for (const int nid : {NID_subject_alt_name, NID_ext_key_usage}) {
        const auto request = requested([&](auto* it) { push_octets(it, nid, "x"); });
        CHECK(request_facts(request.get()).defects ==
              std::vector<std::string>{std::string{"has a damaged "} + OBJ_nid2sn(nid)});
    }
}

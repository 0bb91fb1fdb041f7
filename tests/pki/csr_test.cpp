#include "core/pki/csr.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <ctime>

#include "tests/core/caught.hpp"
#include "tests/pki/keys.hpp"
#include "tests/pki/parsed_request.hpp"

using namespace xmppfed::pki;
using namespace std::string_literals;
using Catch::Matchers::Contains;
using xmppfed::core::caught;
using xmppfed::core::CertName;
using xmppfed::core::CertSubject;
using xmppfed::core::ErrorKind;
using xmppfed::core::NameSource;
using xmppfed::core::NameType;

namespace {

const CertSubject contoso{"US", "Washington", "Redmond", "Contoso, Ltd.", "Communications", "sip.contoso.com"};

const std::vector<CertName> worked_example{
    {NameType::dns, "sip.contoso.com", NameSource::access_edge},
    {NameType::dns, "webcon.contoso.com", NameSource::web_conferencing},
    {NameType::dns, "sip.fabrikam.com", NameSource::sip_domain},
    {NameType::dns, "contoso.com", NameSource::xmpp_domain},
    {NameType::dns, "fabrikam.com", NameSource::xmpp_domain},
};

ParsedRequest request(const CsrContent& content, const KeyPair& key = any_key()) {
    return ParsedRequest{make_csr(content, key)};
}

/// The names of a request for these values.
std::vector<ParsedName> encoded(const std::vector<CertName>& names) {
    return request({.subject = contoso, .names = names}).names();
}

}  // namespace

TEST_CASE("the worked example has the names of the documentation, in their order") {
    const auto parsed = request({.subject = contoso, .names = worked_example});
    CHECK(X509_REQ_get_version(parsed.get()) == 0);
    CHECK(parsed.verifies());
    CHECK(parsed.names() == std::vector<ParsedName>{{"dNSName", V_ASN1_IA5STRING, "sip.contoso.com"},
                                                    {"dNSName", V_ASN1_IA5STRING, "webcon.contoso.com"},
                                                    {"dNSName", V_ASN1_IA5STRING, "sip.fabrikam.com"},
                                                    {"dNSName", V_ASN1_IA5STRING, "contoso.com"},
                                                    {"dNSName", V_ASN1_IA5STRING, "fabrikam.com"}});
    CHECK(parsed.extensions() == std::vector<std::string>{"2.5.29.17", "2.5.29.15!", "2.5.29.37"});
    CHECK(X509_REQ_get_attr_count(parsed.get()) == 1);
    CHECK(X509_REQ_get_attr_by_NID(parsed.get(), NID_ext_req, -1) == 0);
}

TEST_CASE("the subject's attributes come in the order C, ST, L, O, OU, CN") {
    const auto parsed = request({.subject = contoso, .names = worked_example});
    CHECK(parsed.subject() == std::vector<ParsedAttribute>{
                                  {NID_countryName, V_ASN1_PRINTABLESTRING, "US", 0},
                                  {NID_stateOrProvinceName, V_ASN1_UTF8STRING, "Washington", 1},
                                  {NID_localityName, V_ASN1_UTF8STRING, "Redmond", 2},
                                  {NID_organizationName, V_ASN1_UTF8STRING, "Contoso, Ltd.", 3},
                                  {NID_organizationalUnitName, V_ASN1_UTF8STRING, "Communications", 4},
                                  {NID_commonName, V_ASN1_UTF8STRING, "sip.contoso.com", 5},
                              });
}

TEST_CASE("an empty attribute is left out, and an empty subject makes the names critical") {
    CertSubject subject;
    subject.common_name = "sip.contoso.com";
    const auto common_name = request({.subject = subject, .names = worked_example});
    CHECK(common_name.subject() ==
          std::vector<ParsedAttribute>{{NID_commonName, V_ASN1_UTF8STRING, "sip.contoso.com", 0}});
    CHECK(common_name.extensions().front() == "2.5.29.17");

    const auto none = request({.subject = {}, .names = worked_example});
    CHECK(none.subject().empty());
    CHECK(none.extensions().front() == "2.5.29.17!");
    CHECK(none.names().size() == 5);
}

TEST_CASE("an SRV-ID is an IA5String and an XmppAddr a UTF8String") {
    CHECK(encoded({{NameType::srv, "_xmpp-server.xn--bcher-kva.example", NameSource::xmpp_domain},
                   {NameType::xmpp_addr, "bücher.example", NameSource::xmpp_domain},
                   {NameType::xmpp_addr, "contoso.com", NameSource::xmpp_domain},
                   {NameType::dns, "xn--bcher-kva.example", NameSource::xmpp_domain}}) ==
          std::vector<ParsedName>{{"1.3.6.1.5.5.7.8.7", V_ASN1_IA5STRING, "_xmpp-server.xn--bcher-kva.example"},
                                  {"1.3.6.1.5.5.7.8.5", V_ASN1_UTF8STRING, "bücher.example"},
                                  {"1.3.6.1.5.5.7.8.5", V_ASN1_UTF8STRING, "contoso.com"},
                                  {"dNSName", V_ASN1_IA5STRING, "xn--bcher-kva.example"}});
}

TEST_CASE("an otherName has an explicit tag around its string, as RFC 5280 has it") {
    const std::vector<CertName> names{{NameType::srv, "_a.b", NameSource::xmpp_domain}};
    const auto parsed = request({.subject = contoso, .names = names});
    // SEQUENCE { [0] { OBJECT IDENTIFIER, [0] { IA5String } } }
    CHECK(parsed.extension(0) == "\x30\x14\xa0\x12\x06\x08\x2b\x06\x01\x05\x05\x07\x08\x07\xa0\x06\x16\x04_a.b"s);
}

TEST_CASE("a value is taken literally: nothing in it starts another name") {
    const std::vector<std::string> hostile{"a.com,DNS:evil.com", "otherName:1.2;UTF8:x", "IP:192.0.2.1", "@section",
                                           "a.com\nDNS:evil.com"};
    for (const auto& value : hostile) {
        CHECK(encoded({{NameType::dns, value, NameSource::additional}}) ==
              std::vector<ParsedName>{{"dNSName", V_ASN1_IA5STRING, value}});
    }
}

TEST_CASE("a name that its string type cannot hold is a failure, never another name") {
    const auto failure = [](NameType type, const std::string& value) {
        const std::vector<CertName> names{{type, value, NameSource::additional}};
        const auto key = KeyPair::generate(quick_key);
        return caught([&] { (void)make_csr({.subject = contoso, .names = names}, key); });
    };
    for (const auto type : {NameType::dns, NameType::srv, NameType::xmpp_addr}) {
        CHECK(failure(type, "a.com\0.evil.com"s).cause == "a name contains a NUL character");
        CHECK(failure(type, "").kind == ErrorKind::failed);
        CHECK(failure(type, "\xff\xfe").kind == ErrorKind::failed);
    }
    const auto error = failure(NameType::dns, "bücher.example");
    CHECK(error.kind == ErrorKind::failed);
    CHECK(error.message == "the certificate request cannot be made");
    CHECK_THAT(error.cause, Contains("illegal characters"));
    CHECK(failure(NameType::srv, "_xmpp-server.bücher.example").kind == ErrorKind::failed);
}

TEST_CASE("a request without a name is a failure") {
    const auto key = KeyPair::generate(quick_key);
    CHECK(caught([&] { (void)make_csr({.subject = contoso}, key); }).cause == "it has no name");
}

TEST_CASE("the template's name is a BMPString of its own extension") {
    const auto parsed = request({.subject = contoso, .names = worked_example, .template_name = "Wüb"});
    REQUIRE(parsed.extensions().size() == 4);
    CHECK(parsed.extensions().back() == "1.3.6.1.4.1.311.20.2");
    CHECK(parsed.extension(3) == "\x1e\x06\0W\0\xfc\0b"s);
}

TEST_CASE("a template's name outside the BMP is a failure") {
    const auto key = KeyPair::generate(quick_key);
    const auto error = caught(
        [&] { (void)make_csr({.subject = contoso, .names = worked_example, .template_name = "a\U0001f600"}, key); });
    CHECK(error.kind == ErrorKind::failed);
    CHECK_THAT(error.cause, Contains("illegal characters"));
}

TEST_CASE("keyUsage has keyEncipherment for RSA only") {
    constexpr int digital_signature = 0;
    constexpr int key_encipherment = 2;
    const CsrContent content{.subject = contoso, .names = worked_example};
    CHECK(request(content).key_usage() == std::vector{digital_signature});

    const auto rsa = request(content, KeyPair::generate({.bits = 2048}));
    CHECK(rsa.key_usage() == std::vector{digital_signature, key_encipherment});
    CHECK(rsa.extension(1) == "\x03\x02\x05\xa0");
    CHECK(rsa.signature_algorithm() == NID_sha256WithRSAEncryption);
    CHECK(rsa.verifies());
}

TEST_CASE("clientAuth can be left out") {
    CHECK(request({.subject = contoso, .names = worked_example}).purposes() ==
          std::vector{NID_server_auth, NID_client_auth});
    CHECK(request({.subject = contoso, .names = worked_example, .client_auth = false}).purposes() ==
          std::vector{NID_server_auth});
}

TEST_CASE("the hash is the one asked for") {
    constexpr std::array expected{std::pair{Hash::sha256, NID_ecdsa_with_SHA256},
                                  std::pair{Hash::sha384, NID_ecdsa_with_SHA384},
                                  std::pair{Hash::sha512, NID_ecdsa_with_SHA512}};
    for (const auto& [hash, algorithm] : expected) {
        const auto parsed = request({.subject = contoso, .names = worked_example, .hash = hash});
        CHECK(parsed.signature_algorithm() == algorithm);
        CHECK(parsed.verifies());
    }
}

TEST_CASE("10,000 names take no time") {
    std::vector<CertName> names;
    std::vector<ParsedName> expected;
    for (int i = 0; i < 10'000; ++i) {
        names.push_back({NameType::dns, "host" + std::to_string(i) + ".contoso.com", NameSource::additional});
        expected.push_back({"dNSName", V_ASN1_IA5STRING, names.back().value});
    }
    const auto key = KeyPair::generate(quick_key);
    const auto start = std::clock();
    const auto pem = make_csr({.subject = contoso, .names = names}, key);
    CHECK(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < 1.0);
    CHECK(ParsedRequest{pem}.names() == expected);
}

TEST_CASE("hashes and names have names") {
    CHECK(xmppfed::core::parse_enum<Hash>("SHA-384") == Hash::sha384);
    CHECK(xmppfed::core::name_of(Hash::sha512) == "sha512");
    CHECK(xmppfed::core::name_of(NameType::xmpp_addr) == "xmpp-addr");
    CHECK(xmppfed::core::name_of(NameSource::additional) == "additional");
    CHECK(xmppfed::core::values_of<NameType>().size() == 3);
    CHECK(xmppfed::core::values_of<NameSource>().size() == 5);
}

#include "core/cert/windows_request.hpp"

#include <fmt/format.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "core/text/text.hpp"

using namespace xmppfed::core;
using Catch::Matchers::Contains;

namespace {

CertRequest exported_request() {
    CertRequest request;
    request.subject = {"US", "Washington", "Redmond", "Contoso", "", "sip.contoso.com"};
    request.names = {{NameType::dns, "sip.contoso.com", NameSource::access_edge},
                     {NameType::dns, "*.fabrikam.com", NameSource::additional}};
    request.friendly_name = "Edge external";
    return request;
}

/// The value of a key in an INF file as Windows reads it: without its quotes, pairs of quotes and of percent signs as
/// one. "" when the line is not there or its value ends before the line does.
std::string inf_value(const std::string& inf, const std::string& key) {
    const auto begin = inf.find("\r\n" + key + "=\"");
    if (begin == std::string::npos) {
        return {};
    }
    const auto first = begin + key.size() + 4;
    const auto line = inf.substr(first, inf.find("\r\n", first) - first);
    std::string value;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        value += line[i];
        if ((line[i] == '"' || line[i] == '%') && (++i + 1 >= line.size() || line[i] != line[i - 1])) {
            return {};
        }
    }
    return line.ends_with('"') ? value : std::string{};
}

/// The values of an X.500 string as CertStrToName reads it; empty when it is none.
std::vector<std::pair<std::string, std::string>> x500_values(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> found;
    while (!text.empty()) {
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) {
            return {};
        }
        auto& [name, value] = found.emplace_back(text.substr(0, equals), "");
        text.remove_prefix(equals + 1);
        if (text.starts_with('"')) {
            for (text.remove_prefix(1);; text.remove_prefix(1)) {
                if (text.empty()) {
                    return {};
                }
                if (text.front() == '"') {
                    text.remove_prefix(1);
                    if (!text.starts_with('"')) {
                        break;
                    }
                }
                value += text.front();
            }
        } else {
            const auto end = std::min(text.find(','), text.size());
            value = text.substr(0, end);
            text.remove_prefix(end);
        }
        if (text.starts_with(", ")) {
            text.remove_prefix(2);
        } else if (!text.empty()) {
            return {};
        }
    }
    return found;
}

}  // namespace

TEST_CASE("an INF file for certreq") {
    auto request = exported_request();
    CHECK(certreq_inf(request) ==
          "[Version]\r\nSignature=\"$Windows NT$\"\r\n\r\n"
          "[NewRequest]\r\nSubject=\"CN=sip.contoso.com, O=Contoso, L=Redmond, S=Washington, C=US\"\r\n"
          "FriendlyName=\"Edge external\"\r\nKeyAlgorithm=RSA\r\nKeyLength=2048\r\nKeySpec=1\r\nKeyUsage=0xa0\r\n"
          "ProviderName=\"Microsoft RSA SChannel Cryptographic Provider\"\r\nHashAlgorithm=sha256\r\n"
          "Exportable=TRUE\r\nMachineKeySet=TRUE\r\nRequestType=PKCS10\r\n\r\n"
          "[Extensions]\r\n2.5.29.17=\"{text}\"\r\n_continue_=\"dns=sip.contoso.com&\"\r\n"
          "_continue_=\"dns=*.fabrikam.com&\"\r\n2.5.29.37=\"{text}1.3.6.1.5.5.7.3.1,1.3.6.1.5.5.7.3.2\"\r\n");
    request.template_name = "Xmpp \"Edge\"";
    CHECK(certreq_inf(request).ends_with("\r\n[RequestAttributes]\r\nCertificateTemplate=\"Xmpp \"\"Edge\"\"\"\r\n"));
}

TEST_CASE("an INF file says what kind of key is wanted") {
    auto request = exported_request();
    request.key.bits = 4096;
    request.exportable = false;
    request.basis.hash = Hash::sha512;
    request.basis.client_auth = false;
    const auto rsa = certreq_inf(request);
    for (const auto* line :
         {"KeyLength=4096", "Exportable=FALSE", "HashAlgorithm=sha512", "2.5.29.37=\"{text}1.3.6.1.5.5.7.3.1\""}) {
        CHECK_THAT(rsa, Contains(fmt::format("\r\n{}\r\n", line)));
    }
    const auto [curve, algorithm, length] = GENERATE(table<Curve, std::string, int>(
        {{Curve::p256, "ECDSA_P256", 256}, {Curve::p384, "ECDSA_P384", 384}, {Curve::p521, "ECDSA_P521", 521}}));
    request.key = {.algorithm = KeyAlgorithm::ec, .curve = curve};
    const auto ec = certreq_inf(request);
    CHECK_THAT(ec,
               Contains(fmt::format("\r\nKeyAlgorithm={}\r\nKeyLength={}\r\nKeyUsage=0x80\r\n", algorithm, length)));
    CHECK_THAT(ec, !Contains("KeySpec"));  // of CryptoAPI's keys alone
}

TEST_CASE("no value of an INF file is more than a value") {
    rc::prop("the friendly name and the subject are read back", [] {
        static const std::vector<std::string> pieces{"\"", "%", ",", "+", "=", "<", ">", "#",      ";", "\\", " ",
                                                     "a",  "b", "/", "[", "]", "&", "'", "\u00fc", "$", "`"};
        const auto text = rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)),
                                       [](const std::vector<std::string>& parts) { return "x" + join(parts, ""); });
        auto request = exported_request();
        request.friendly_name = *text;
        request.subject.organization = *text;
        request.subject.locality = " " + *text;
        const auto inf = certreq_inf(request);
        RC_ASSERT(inf_value(inf, "FriendlyName") == request.friendly_name);
        const std::vector<std::pair<std::string, std::string>> expected{{"CN", "sip.contoso.com"},
                                                                        {"O", request.subject.organization},
                                                                        {"L", request.subject.locality},
                                                                        {"S", "Washington"},
                                                                        {"C", "US"}};
        RC_ASSERT(x500_values(inf_value(inf, "Subject")) == expected);
    });
}

TEST_CASE("a Request-CsCertificate command line") {
    auto request = exported_request();
    CHECK(request_cs_certificate(request, {.csr_file = "sip.contoso.com.csr"}) ==
          "Request-CsCertificate -New `\n"
          "  -Type 'AccessEdgeExternal', 'DataEdgeExternal', 'AudioVideoAuthentication' `\n"
          "  -FriendlyName 'Edge external' `\n"
          "  -PrivateKeyExportable $true `\n"
          "  -KeyAlg 'RSA' `\n"
          "  -KeySize 2048 `\n"
          "  -Organization 'Contoso' `\n"
          "  -City 'Redmond' `\n"
          "  -State 'Washington' `\n"
          "  -Country 'US' `\n"
          "  -DomainName 'sip.contoso.com,*.fabrikam.com' `\n"
          "  -ClientEKU $true `\n"
          "  -Output 'sip.contoso.com.csr'\n");
    request.key = {.algorithm = KeyAlgorithm::ec, .curve = Curve::p384};
    request.template_name = "Edge's";
    request.subject.organizational_unit = "$(IT)";
    request.exportable = false;
    request.basis.client_auth = false;
    const auto line = request_cs_certificate(request, {.csr_file = "x"});
    for (const auto* parameter : {"-KeyAlg 'ECDH_P384' `\n", "-Template 'Edge''s' `\n", "-OU '$(IT)' `\n",
                                  "-PrivateKeyExportable $false `\n", "-ClientEKU $false `\n"}) {
        CHECK_THAT(line, Contains(parameter));
    }
    CHECK_THAT(line, !Contains("KeySize"));
}

#include "core/cert/windows_request.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/text/powershell.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

constexpr std::string_view server_auth = "1.3.6.1.5.5.7.3.1";
constexpr std::string_view client_auth = "1.3.6.1.5.5.7.3.2";

/// By the order of `Curve`: the curve in the names of algorithms, and its bits.
struct CurveName {
    std::string_view suffix;
    int bits;
};
constexpr std::array curve_names{CurveName{"P256", 256}, CurveName{"P384", 384}, CurveName{"P521", 521}};

const CurveName& curve_name(const CertRequest& request) {
    return curve_names.at(static_cast<std::size_t>(request.key.curve));
}

bool is_rsa(const CertRequest& request) {
    return request.key.algorithm == KeyAlgorithm::rsa;
}

/// The attributes in the order and by the names of X.500 strings on Windows.
struct Attribute {
    std::string_view name;
    std::string CertSubject::*value;
};
constexpr std::array attributes{
    Attribute{"CN", &CertSubject::common_name}, Attribute{"OU", &CertSubject::organizational_unit},
    Attribute{"O", &CertSubject::organization}, Attribute{"L", &CertSubject::locality},
    Attribute{"S", &CertSubject::state},        Attribute{"C", &CertSubject::country},
};

std::string with_doubled(std::string_view text, std::string_view doubled) {
    std::string result;
    for (const char c : text) {
        result += c;
        if (doubled.find(c) != std::string_view::npos) {
            result += c;
        }
    }
    return result;
}

/// A value in an X.500 string (CertStrToName): quoted where a character could end it.
std::string x500_value(const std::string& value) {
    const bool plain =
        value.find_first_of(",+=\"\n<>#;\\") == std::string::npos && !value.starts_with(' ') && !value.ends_with(' ');
    return plain ? value : "\"" + with_doubled(value, "\"") + "\"";
}

std::string x500_name(const CertSubject& subject) {
    std::string text;
    for (const auto& attribute : attributes) {
        if (const auto& value = subject.*attribute.value; !value.empty()) {
            text += fmt::format("{}{}={}", text.empty() ? "" : ", ", attribute.name, x500_value(value));
        }
    }
    return text;
}

/// A value of an INF file: in double quotes, where a quote is doubled, and a percent sign, which begins a %name%.
std::string inf_string(std::string_view text) {
    return "\"" + with_doubled(text, "\"%") + "\"";
}

/// The lines of an INF file.
class Inf {
  public:
    void section(std::string_view name) { text_ += fmt::format("{}[{}]\r\n", text_.empty() ? "" : "\r\n", name); }
    void line(std::string_view key, std::string_view value) { text_ += fmt::format("{}={}\r\n", key, value); }
    [[nodiscard]] std::string take() && { return std::move(text_); }

  private:
    std::string text_;
};

void add_key(Inf& inf, const CertRequest& request) {
    if (is_rsa(request)) {
        inf.line("KeyAlgorithm", "RSA");
        inf.line("KeyLength", std::to_string(request.key.bits));
        inf.line("KeySpec", "1");
        inf.line("KeyUsage", "0xa0");  // digitalSignature, keyEncipherment
        inf.line("ProviderName", inf_string("Microsoft RSA SChannel Cryptographic Provider"));
    } else {
        inf.line("KeyAlgorithm", fmt::format("ECDSA_{}", curve_name(request).suffix));
        inf.line("KeyLength", std::to_string(curve_name(request).bits));
        inf.line("KeyUsage", "0x80");  // digitalSignature
        inf.line("ProviderName", inf_string("Microsoft Software Key Storage Provider"));
    }
    inf.line("HashAlgorithm", name_of(request.basis.hash));
    inf.line("Exportable", request.exportable ? "TRUE" : "FALSE");
    inf.line("MachineKeySet", "TRUE");
}

std::string all_dns_names(const CertRequest& request) {
    std::vector<std::string> values;
    for (const auto& name : request.names) {
        values.push_back(name.value);
    }
    return join(values, ",");
}

/// Parameters of a command, each on a line of its own.
class Parameters {
  public:
    explicit Parameters(Medium medium) : medium_{medium} {}
    void add(std::string_view name, std::string_view value) { text_ += fmt::format(" `\n  -{} {}", name, value); }
    void add_text(std::string_view name, const std::string& value) {
        if (!value.empty()) {
            add(name, powershell_string(value, medium_));
        }
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    Medium medium_;
    std::string text_;
};

}  // namespace

std::string certreq_inf(const CertRequest& request, const RequestDestination& /*destination*/) {
    Inf inf;
    inf.section("Version");
    inf.line("Signature", "\"$Windows NT$\"");
    inf.section("NewRequest");
    inf.line("Subject", inf_string(x500_name(request.subject)));
    inf.line("FriendlyName", inf_string(request.friendly_name));
    add_key(inf, request);
    inf.line("RequestType", "PKCS10");
    inf.section("Extensions");
    inf.line("2.5.29.17", inf_string("{text}"));
    for (const auto& name : request.names) {
        inf.line("_continue_", inf_string(fmt::format("dns={}&", name.value)));
    }
    inf.line("2.5.29.37", inf_string(request.basis.client_auth ? fmt::format("{{text}}{},{}", server_auth, client_auth)
                                                               : fmt::format("{{text}}{}", server_auth)));
    if (!request.template_name.empty()) {
        inf.section("RequestAttributes");
        inf.line("CertificateTemplate", inf_string(request.template_name));
    }
    return std::move(inf).take();
}

std::string request_cs_certificate(const CertRequest& request, const RequestDestination& destination) {
    Parameters parameters{destination.medium};
    parameters.add("Type", "'AccessEdgeExternal', 'DataEdgeExternal', 'AudioVideoAuthentication'");
    parameters.add_text("FriendlyName", request.friendly_name);
    parameters.add_text("Template", request.template_name);
    parameters.add("PrivateKeyExportable", powershell_boolean(request.exportable));
    if (is_rsa(request)) {
        parameters.add_text("KeyAlg", "RSA");
        parameters.add("KeySize", std::to_string(request.key.bits));
    } else {
        parameters.add_text("KeyAlg", fmt::format("ECDH_{}", curve_name(request).suffix));
    }
    parameters.add_text("Organization", request.subject.organization);
    parameters.add_text("OU", request.subject.organizational_unit);
    parameters.add_text("City", request.subject.locality);
    parameters.add_text("State", request.subject.state);
    parameters.add_text("Country", request.subject.country);
    parameters.add_text("DomainName", all_dns_names(request));
    parameters.add("ClientEKU", powershell_boolean(request.basis.client_auth));
    parameters.add_text("Output", destination.csr_file);
    return fmt::format("Request-CsCertificate -New{}\n", parameters.text());
}

}  // namespace xmppfed::core

#include "core/pki/cert_record.hpp"

#include <catch2/catch.hpp>

#include "core/cert/cert_lifecycle.hpp"
#include "core/pki/csr.hpp"
#include "tests/pki/authority.hpp"

using namespace xmppfed::pki;
using Catch::Matchers::Contains;
using xmppfed::core::CertRequest;

namespace {

const std::vector<xmppfed::core::CertName> record_names{
    {xmppfed::core::NameType::dns, "sip.contoso.com", xmppfed::core::NameSource::access_edge},
    {xmppfed::core::NameType::dns, "contoso.com", xmppfed::core::NameSource::xmpp_domain},
};

/// Two CAs below a root, and what the lower one issues for a key.
struct RecordAuthority {
    Holder root = self_signed({.name = "Root", .is_ca = true});
    Holder upper = issued_by(root, {.name = "Upper CA", .is_ca = true});
    Holder lower = issued_by(upper, {.name = "Lower CA", .is_ca = true});

    [[nodiscard]] xmppfed::core::Certificate issue(const KeyPair& key, const std::string& names) const {
        const CertWish wish{.name = "sip.contoso.com", .extensions = {{NID_subject_alt_name, names}}};
        const auto certificate = certified(wish, key, lower);
        return certificate_facts(certificate.get());
    }
};

const RecordAuthority& record_authority() {
    static const RecordAuthority made;
    return made;
}

constexpr const char* all_names = "DNS:sip.contoso.com,DNS:contoso.com";

/// A request and its certificate as they are recorded.
CertRequest recorded_request() {
    CertRequest request;
    request.number = 7;
    request.subject.organization = "Contoso";
    request.subject.common_name = "sip.contoso.com";
    request.names = record_names;
    request.key = {.algorithm = Algorithm::ec, .bits = 0, .curve = Curve::p256};
    request.csr = make_csr({.subject = request.subject, .names = request.names}, any_key());
    const auto& [root, upper, lower] = record_authority();
    xmppfed::core::CertPath path;
    path.chain = {lower.facts(), upper.facts()};
    const xmppfed::core::Delivery delivery{record_authority().issue(any_key(), all_names), path, {}};
    const auto changes = xmppfed::core::import_certificate(request, delivery, "2026-03-20T09:00:00Z");
    return changes.requests.front().after;
}

std::string found_on(const CertRequest& request) {
    std::string text;
    for (const auto& diagnostic : check_record(request, test_now)) {
        CHECK(diagnostic.severity == xmppfed::core::Severity::error);
        CHECK_FALSE(diagnostic.hint.empty());
        text += diagnostic.message + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("a record that fits together has no finding") {
    const auto request = recorded_request();
    CHECK(found_on(request).empty());
    auto pending = request;
    pending.certificate.reset();
    CHECK(found_on(pending).empty());
    auto on_windows = request;
    on_windows.csr.clear();
    CHECK(found_on(on_windows).empty());
}

TEST_CASE("each value of a record that is another is found") {
    struct Row {
        const char* name;
        void (*change)(CertRequest&);
        const char* diagnostic;
    };
    const auto row = GENERATE(values<Row>({
        {"subject", [](CertRequest& it) { it.subject.locality = "Berlin"; },
         "the CSR of certificate request 7 has another subject than what is on record"},
        {"names", [](CertRequest& it) { it.names[1].value = "contoso.org"; },
         "the CSR of certificate request 7 has other names"},
        {"type of a name", [](CertRequest& it) { it.names[1].type = xmppfed::core::NameType::srv; }, "has other names"},
        {"names of the certificate", [](CertRequest& it) { it.names[1].value = "contoso.org"; },
         "the certificate of certificate request 7 does not fit the names on record"},
        {"kind of the key", [](CertRequest& it) { it.key.curve = Curve::p384; },
         "has another key than what is on record: EC"},
        {"no CSR", [](CertRequest& it) { it.csr = "x"; }, "the CSR of certificate request 7 cannot be read"},
        {"a certificate for a CSR", [](CertRequest& it) { it.csr = it.certificate->pem; },
         "the CSR of certificate request 7 is something else"},
        {"two CSRs", [](CertRequest& it) { it.csr += it.csr; }, "is more than one"},
        {"no certificate", [](CertRequest& it) { it.certificate->pem = ""; },
         "the certificate of certificate request 7 cannot be read"},
        {"a CSR for a certificate", [](CertRequest& it) { it.certificate->pem = it.csr; },
         "the certificate of certificate request 7 is something else"},
        {"text around it", [](CertRequest& it) { it.certificate->pem += "text\n"; }, "is not what is on record: pem"},
        {"issuer", [](CertRequest& it) { it.certificate->issuer = "CN=Other"; }, "is not what is on record: issuer"},
        {"serial", [](CertRequest& it) { it.certificate->serial = "0B"; }, "is not what is on record: serial"},
        {"fingerprint", [](CertRequest& it) { it.certificate->fingerprint[0] = 'x'; },
         "is not what is on record: fingerprint"},
        {"thumbprint", [](CertRequest& it) { it.certificate->thumbprint[0] = 'x'; },
         "is not what is on record: thumbprint"},
        {"dates",
         [](CertRequest& it) { it.certificate->not_before = it.certificate->not_after = "2026-01-01T00:00:00Z"; },
         "is not what is on record: not_before, not_after"},
        {"no chain", [](CertRequest& it) { it.certificate->chain = "x"; },
         "the chain of certificate request 7 cannot be read"},
        {"a chain in the wrong order",
         [](CertRequest& it) {
             it.certificate->chain = record_authority().upper.pem() + record_authority().lower.pem();
         },
         "is broken: the CA certificate of 'Upper CA' has not issued the certificate"},
        {"a chain with a gap",
         [](CertRequest& it) {
             it.certificate->chain += issued_by(record_authority().root, {.name = "Stray CA", .is_ca = true}).pem();
         },
         "is broken: the CA certificate of 'Stray CA' has not issued the CA certificate of 'Upper CA'"},
    }));
    INFO(row.name);
    auto request = recorded_request();
    row.change(request);
    CHECK_THAT(found_on(request), Contains(row.diagnostic));
}

TEST_CASE("a certificate for another key, or without a name, does not fit") {
    const auto replaced_by = [](const xmppfed::core::Certificate& certificate) {
        auto request = recorded_request();
        request.state = xmppfed::core::RequestState::pending;
        return xmppfed::core::import_certificate(request, {certificate, {}, {}}, "2026-03-20T09:00:00Z")
            .requests.front()
            .after;
    };
    CHECK_THAT(found_on(replaced_by(record_authority().issue(KeyPair::generate(quick_key), all_names))),
               Contains("has another key than the CSR"));
    auto lacking = replaced_by(record_authority().issue(any_key(), "DNS:sip.contoso.com"));
    CHECK_THAT(found_on(lacking), Contains("does not fit the names on record"));
    lacking.certificate->allowed_missing = {"contoso.com"};
    CHECK(found_on(lacking).empty());
}

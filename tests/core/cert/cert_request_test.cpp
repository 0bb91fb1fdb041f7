#include "core/cert/cert_request.hpp"
#include "core/cert/cert_rules.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "tests/core/caught.hpp"
#include "tests/core/values.hpp"

using namespace xmppfed::core;
using Catch::Matchers::Contains;
using Texts = std::vector<std::string>;

namespace {

Edge contoso() {
    Edge edge;
    edge.access_edge = "sip.contoso.com";
    edge.web_conferencing = "webcon.contoso.com";
    edge.sip_domains = {"contoso.com", "fabrikam.com"};
    edge.organization = "Contoso";
    edge.country = "US";
    return edge;
}

/// The values of the names that a request for the edge would have.
Texts names_of(const Edge& edge, const RequestWish& wish = {}) {
    Texts values;
    for (const auto& name : plan_request(edge, wish, {}).names) {
        values.push_back(name.value);
    }
    return values;
}

Texts rules_of(const Edge& edge, const RequestWish& wish = {}, const Texts& dependents = {}) {
    Texts rules;
    for (const auto& diagnostic : plan_request(edge, wish, dependents).diagnostics) {
        rules.emplace_back(diagnostic.rule_id());
    }
    return rules;
}

const Texts worked_example{"sip.contoso.com", "webcon.contoso.com", "sip.fabrikam.com", "contoso.com", "fabrikam.com"};

}  // namespace

TEST_CASE("the worked example has its five names, each with its source") {
    const auto plan = plan_request(contoso(), {}, {});
    const std::vector<CertName> expected{{NameType::dns, "sip.contoso.com", NameSource::access_edge},
                                         {NameType::dns, "webcon.contoso.com", NameSource::web_conferencing},
                                         {NameType::dns, "sip.fabrikam.com", NameSource::sip_domain},
                                         {NameType::dns, "contoso.com", NameSource::xmpp_domain},
                                         {NameType::dns, "fabrikam.com", NameSource::xmpp_domain}};
    CHECK(plan.names == expected);
    CHECK(plan.diagnostics.empty());
    CHECK(plan.subject == CertSubject{"US", "", "", "Contoso", "", "sip.contoso.com"});
}

TEST_CASE("names are there once, where they come first") {
    auto edge = contoso();
    edge.web_conferencing = "sip.contoso.com";
    edge.xmpp_domains = {"sip.fabrikam.com", "im.contoso.com"};
    CHECK(names_of(edge, made<RequestWish>([](auto& it) {
                       it.additional_names = {"IM.contoso.com.", "new.contoso.com", "new.contoso.com"};
                   })) == Texts{"sip.contoso.com", "sip.fabrikam.com", "im.contoso.com", "new.contoso.com"});
}

TEST_CASE("SRV-IDs and XmppAddrs follow the DNS-IDs, the latter as in a JID") {
    auto edge = contoso();
    edge.xmpp_domains = {"xn--bcher-kva.example", "contoso.com"};
    const auto names = names_of(edge, made<RequestWish>([](auto& it) {
                                    it.srv_names = true;
                                    it.xmpp_addrs = true;
                                }));
    CHECK(Texts(names.end() - 4, names.end()) ==
          Texts{"_xmpp-server.xn--bcher-kva.example", "_xmpp-server.contoso.com", "bücher.example", "contoso.com"});
}

TEST_CASE("SIP domains are chosen in the edge's order, and only the edge's") {
    CHECK(names_of(contoso(), made<RequestWish>([](auto& it) { it.sip_domains = SipDomains::none; })) ==
          Texts{"sip.contoso.com", "webcon.contoso.com", "contoso.com", "fabrikam.com"});
    CHECK(names_of(contoso(), made<RequestWish>([](auto& it) {
                       it.sip_domains = SipDomains::chosen;
                       it.chosen_sip_domains = {"FABRIKAM.com", "contoso.com"};
                   })) == worked_example);
    const auto error = caught([] {
        (void)plan_request(contoso(), made<RequestWish>([](auto& it) {
                               it.sip_domains = SipDomains::chosen;
                               it.chosen_sip_domains = {"x.example"};
                           }),
                           {});
    });
    CHECK(error.kind == ErrorKind::usage);
}

TEST_CASE("the common name is the Access Edge FQDN when it fits, or what was said") {
    auto edge = contoso();
    edge.access_edge = std::string(60, 'a') + ".com";
    CHECK(plan_request(edge, {}, {}).subject.common_name == edge.access_edge);
    edge.access_edge = std::string(61, 'a') + ".com";
    const auto plan = plan_request(edge, {}, {});
    CHECK(plan.subject.common_name.empty());
    CHECK(plan.names.front().value == edge.access_edge);
    CHECK(plan.diagnostics.empty());

    CHECK(names_of(contoso(), made<RequestWish>([](auto& it) { it.common_name = "Edge of Contoso"; })) ==
          worked_example);
    auto with_name = worked_example;
    with_name.emplace_back("edge.contoso.com");
    CHECK(names_of(contoso(), made<RequestWish>([](auto& it) { it.common_name = "Edge.contoso.com"; })) == with_name);
    CHECK(plan_request(contoso(), made<RequestWish>([](auto& it) { it.common_name = "Edge.contoso.com"; }), {})
              .subject.common_name == "edge.contoso.com");  // one of the names
    CHECK(plan_request(contoso(), made<RequestWish>([](auto& it) { it.common_name = "*.b\u00fccher.example"; }), {})
              .subject.common_name == "*.xn--bcher-kva.example");
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) { it.common_name = std::string(65, 'x'); })) ==
          Texts{"subject-invalid"});
}

TEST_CASE("names that are made from valid domains are held to the rules too") {
    auto edge = contoso();
    const std::string label(62, 'a');
    edge.sip_domains = {label + "." + label + "." + label + "." + std::string(61, 'b')};  // 250 octets
    CHECK(rules_of(edge).front() == "domain-invalid");
    CHECK(std::ranges::count(rules_of(edge, made<RequestWish>([](auto& it) { it.sip_domains = SipDomains::none; })),
                             "domain-invalid") == 0);
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) { it.common_name = "*.contoso.com"; })) ==
          Texts{"cert-wildcard-insufficient"});
}

TEST_CASE("the subject of a request may differ from the edge's") {
    const auto fields = edge_fields();
    const auto field = [&](std::string_view key) { return &*std::ranges::find(fields, key, &EdgeField::key); };
    const auto wish = made<RequestWish>([&](auto& it) {
        it.subject = {{field("organization"), {""}}, {field("city"), {"Redmond"}}};
    });
    CHECK(plan_request(contoso(), wish, {}).subject == CertSubject{"US", "", "Redmond", "", "", "sip.contoso.com"});
}

TEST_CASE("what is wrong with a request is found before its key is made") {
    Edge incomplete = contoso();
    incomplete.access_edge.clear();
    CHECK(rules_of(incomplete) == Texts{"edge-incomplete"});
    CHECK(check_complete(contoso()).empty());
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) { it.additional_names = {"a..b"}; })).front() ==
          "domain-invalid");
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) { it.additional_names = {"*.contoso.com"}; })) ==
          Texts{"cert-wildcard-insufficient"});
    for (const auto* name : {"*", "*.", "**.a.com", "a.*.com", "*a.com", "*.*.a.com", "*.192.0.2.1"}) {
        INFO(name);
        CHECK(rules_of(contoso(), made<RequestWish>([&](auto& it) { it.additional_names = {name}; })).front() ==
              "domain-invalid");
    }
    // What is no domain is not an internal one too; what stands beside it is.
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) { it.additional_names = {"DNS:a,DNS:b"}; })) ==
          Texts{"domain-invalid"});
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) {
                       it.additional_names = {"DNS:a,DNS:b", "host"};
                   })) == Texts{"domain-invalid", "cert-internal-name"});
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) { it.srv_names = true; })) ==
          Texts{"cert-othername-public-ca"});
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) { it.xmpp_addrs = true; })) ==
          Texts{"cert-othername-public-ca"});
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) {
                       it.additional_names = {"edge.local", "host"};
                   })) == Texts{"cert-internal-name"});
    auto with_unit = contoso();
    with_unit.organizational_unit = "IT";
    CHECK(rules_of(with_unit) == Texts{"cert-ou-present"});
}

TEST_CASE("client authentication that will be missing is warned of when partners depend on it") {
    const Texts rule{"cert-client-auth-missing"};
    CHECK(rules_of(contoso(), {}, {"p.example"}) == rule);
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) { it.client_auth = false; }), {"p.example"}) == rule);
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) { it.client_auth = false; }), {}).empty());
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) { it.template_name = "Xmpp"; }), {"p.example"})
              .empty());  // a private CA
    CHECK(rules_of(contoso(), made<RequestWish>([](auto& it) {
                       it.client_auth = false;
                       it.template_name = "Xmpp";
                   }),
                   {"p.example"}) == rule);
    const auto diagnostic =
        plan_request(contoso(), {}, {"a.example", "b.example", "c.example", "d.example"}).diagnostics.at(0);
    CHECK(diagnostic.severity == Severity::warning);
    CHECK_THAT(plan_request(contoso(), {}, {"a.example"}).diagnostics.at(0).message,
               Contains("public CAs leave client authentication out") && Contains("1 partner depends "));
    const auto without = made<RequestWish>([](auto& it) { it.client_auth = false; });
    CHECK_THAT(plan_request(contoso(), without, {"a.example"}).diagnostics.at(0).message,
               Contains("the request leaves client authentication out"));
    CHECK_THAT(diagnostic.message, Contains("4 partners depend "));
    CHECK_THAT(diagnostic.hint, Contains("let a.example, b.example, c.example, d.example fall back"));
    CHECK_THAT(diagnostic.hint, Contains("a.example --preset flexible"));
}

TEST_CASE("an RSA key below 2,048 bits is weak") {
    CHECK(check_key(KeyKind{.bits = 2048}).empty());
    CHECK(check_key(KeyKind{.algorithm = KeyAlgorithm::ec, .bits = 0}).empty());
    const auto diagnostics = check_key(KeyKind{.bits = 2047});
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].rule_id() == "cert-key-weak");
}

TEST_CASE("a renewal wishes what its request did, but for SIP domains that are gone from the edge") {
    CertRequest request;
    request.names = {{NameType::dns, "sip.contoso.com", NameSource::access_edge},
                     {NameType::dns, "im.contoso.com", NameSource::additional}};
    request.template_name = "T";
    Edge edge;
    edge.sip_domains = {"contoso.com", "xn--bcher-kva.example"};
    CHECK(wish_of(request, edge).sip_domains == SipDomains::all);
    CHECK(wish_of(request, edge).additional_names == std::vector<std::string>{"im.contoso.com"});
    CHECK(wish_of(request, edge).template_name == "T");
    request.basis.sip_domains = SipDomains::chosen;
    request.basis.chosen_sip_domains = {"Contoso.com", "gone.example", "b\u00fccher.example"};
    CHECK(wish_of(request, edge).chosen_sip_domains == std::vector<std::string>{"Contoso.com", "b\u00fccher.example"});
    CHECK(wish_of(request, edge).sip_domains == SipDomains::chosen);
    request.basis.chosen_sip_domains = {"gone.example"};
    CHECK(wish_of(request, edge).sip_domains == SipDomains::none);
}

TEST_CASE("what a CA issued is kept whole, and history has it without PEM") {
    CertRequest request;
    request.state = RequestState::issued;
    request.certificate = IssuedCertificate{.pem = "P",
                                            .chain = "C",
                                            .issuer = "CN=\u00fc",
                                            .serial = "FF",
                                            .fingerprint = "AB",
                                            .thumbprint = "CD",
                                            .not_before = "2026-03-15T00:00:00Z",
                                            .not_after = "2026-09-15T00:00:00Z",
                                            .imported_at = "2026-03-16T00:00:00Z",
                                            .allowed_missing = {"a.example"}};
    CHECK(certificate_from_text(to_json(*request.certificate).dump()) == *request.certificate);
    const auto form = history_form(request).at("certificate");
    CHECK(form.at("serial") == "FF");
    CHECK(!form.contains("pem"));
    CHECK(!form.contains("chain"));
    CHECK(caught([] { (void)certificate_from_text("{}"); }).kind == ErrorKind::failed);
}

TEST_CASE("a request is written as documented, and what the store keeps is read back") {
    CertRequest request;
    request.number = 7;
    request.names = {{NameType::dns, "a.example", NameSource::access_edge},
                     {NameType::xmpp_addr, "bücher.example", NameSource::xmpp_domain}};
    request.subject = {"US", "", "", "Contoso", "", "a.example"};
    request.csr = "PEM";
    request.key_file = "/k";
    request.friendly_name = "F";
    request.created_at = "2026-03-15T00:00:00Z";
    CHECK(to_text(to_json(request), JsonLayout::compact) ==
          R"({"number":7,"state":"pending","subject":{"C":"US","O":"Contoso","CN":"a.example"},"names":[)"
          R"({"type":"dns","value":"a.example","source":"access-edge"},)"
          R"({"type":"xmpp-addr","value":"bücher.example","source":"xmpp-domain"}],)"
          R"("key":{"algorithm":"rsa","bits":2048},"csr":"PEM","csr_file":null,"key_file":"/k","friendly_name":"F",)"
          R"("template":null,"exportable":true,"created_at":"2026-03-15T00:00:00Z","renews":null,"certificate":null,)"
          R"("assigned_at":null,"directory":null,"retired_at":null,"retirement_reason":null,"host":null})");
    CHECK(to_text(request.names) == to_text(to_json(request.names), JsonLayout::compact));
    CHECK(to_text(std::vector<CertName>{}) == "[]");
    CHECK(names_from_text(to_text(request.names)) == request.names);
    CHECK(subject_from_text(to_json(request.subject).dump()) == request.subject);
    CHECK(!history_form(request).contains("csr"));
    CHECK(!history_form(request).contains("names"));
    CHECK(caught([] { (void)names_from_text("[{}]"); }).kind == ErrorKind::failed);
    CHECK(caught([] { (void)subject_from_text("{"); }).kind == ErrorKind::failed);
}

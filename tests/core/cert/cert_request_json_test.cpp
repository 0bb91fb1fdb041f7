#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/cert/cert_request.hpp"
#include "tests/core/caught.hpp"

using namespace xmppfed::core;
using Catch::Matchers::Contains;

namespace {

std::string compact(const Json& json) {
    return to_text(json, JsonLayout::compact);
}

const EdgeField& edge_field(std::string_view key) {
    for (const auto& field : edge_fields()) {
        if (field.key == key) {
            return field;
        }
    }
    FAIL("there is no field " << key);
    return edge_fields().front();
}

/// A basis in which nothing is as it is by default.
RequestBasis unusual_basis() {
    RequestBasis basis;
    basis.common_name = "im.contoso.com";
    basis.sip_domains = SipDomains::chosen;
    basis.chosen_sip_domains = {"contoso.com", "fabrikam.com"};
    basis.srv_names = true;
    basis.xmpp_addrs = true;
    basis.client_auth = false;
    basis.hash = Hash::sha384;
    basis.subject = {{&edge_field("organization"), {"Contoso"}}, {&edge_field("city"), {""}}};
    return basis;
}

/// The document with that member changed.
std::string with(Json json, const std::string& key, Json value) {
    json[key] = std::move(value);
    return json.dump();
}

void check_damaged_request(auto read) {
    const auto error = caught(read);
    CHECK(error.kind == ErrorKind::failed);
    CHECK(error.message == "the store is damaged: a certificate request cannot be read");
    CHECK_FALSE(error.cause.empty());
    REQUIRE(error.hints.size() == 1);
    CHECK_THAT(error.hints.front(), Contains("xmppfed store check"));
}

}  // namespace

TEST_CASE("a key in JSON has bits or a curve") {
    CHECK(compact(to_json(KeyKind{.bits = 3072})) == R"({"algorithm":"rsa","bits":3072})");
    CHECK(compact(to_json(KeyKind{.algorithm = KeyAlgorithm::ec, .curve = Curve::p384})) ==
          R"({"algorithm":"ec","curve":"P-384"})");
}

TEST_CASE("what a request is made of is written whole") {
    CHECK(compact(to_json(RequestBasis{})) ==
          R"({"common_name":null,"sip_domains":"all","chosen_sip_domains":[],"srv_names":false,"xmpp_addrs":false,)"
          R"("client_auth":true,"hash":"sha256","subject":{}})");
    CHECK(compact(to_json(unusual_basis())) ==
          R"({"common_name":"im.contoso.com","sip_domains":"chosen","chosen_sip_domains":["contoso.com",)"
          R"("fabrikam.com"],"srv_names":true,"xmpp_addrs":true,"client_auth":false,"hash":"sha384",)"
          R"("subject":{"organization":["Contoso"],"city":[""]}})");
}

TEST_CASE("what a request is made of is read back") {
    CHECK(basis_from_text(to_json(RequestBasis{}).dump()) == RequestBasis{});
    CHECK(basis_from_text(to_json(unusual_basis()).dump()) == unusual_basis());
    CHECK(basis_from_text("{}") == RequestBasis{});  // from before there were renewals
    rc::prop("any basis", [] {
        RequestBasis basis;
        const auto text = rc::gen::container<std::string>(rc::gen::inRange(' ', '~'));
        const auto texts = rc::gen::container<std::vector<std::string>>(text);
        basis.common_name = *rc::gen::element(std::optional<std::string>{}, std::optional<std::string>{*text});
        basis.sip_domains = *rc::gen::element(SipDomains::all, SipDomains::none, SipDomains::chosen);
        basis.chosen_sip_domains = *texts;
        basis.srv_names = *rc::gen::arbitrary<bool>();
        basis.xmpp_addrs = *rc::gen::arbitrary<bool>();
        basis.client_auth = *rc::gen::arbitrary<bool>();
        basis.hash = *rc::gen::element(Hash::sha256, Hash::sha384, Hash::sha512);
        for (const auto& field : edge_fields()) {
            if (*rc::gen::arbitrary<bool>()) {
                basis.subject.push_back({&field, *texts});
            }
        }
        RC_ASSERT(basis_from_text(to_json(basis).dump()) == basis);
    });
}

TEST_CASE("what a request is made of is not guessed at when it is damaged") {
    const auto json = to_json(unusual_basis());
    for (const auto& [key, value] : json.items()) {
        auto lacking = json;
        lacking.erase(key);
        CAPTURE(key);
        check_damaged_request([&] { (void)basis_from_text(lacking.dump()); });
        check_damaged_request([&, &key = key] { (void)basis_from_text(with(json, key, 7)); });
    }
    check_damaged_request([&] { (void)basis_from_text(with(json, "hash", "md5")); });
    check_damaged_request([&] { (void)basis_from_text(with(json, "sip_domains", "some")); });
    check_damaged_request([&] { (void)basis_from_text(with(json, "subject", {{"colour", {"red"}}})); });
    for (const auto* text : {"", "[]", "null", "7"}) {
        check_damaged_request([&] { (void)basis_from_text(text); });
    }
}

TEST_CASE("names are read back as they were written, or not at all") {
    const std::vector<CertName> names{{NameType::dns, "a.example", NameSource::access_edge},
                                      {NameType::srv, "_xmpp-server.a.example", NameSource::xmpp_domain},
                                      {NameType::xmpp_addr, "\"b\\\u202e", NameSource::xmpp_domain},
                                      {NameType::dns, "w.example", NameSource::web_conferencing},
                                      {NameType::dns, "sip.a.example", NameSource::sip_domain},
                                      {NameType::dns, "*.a.example", NameSource::additional}};
    CHECK(to_text(names) == compact(to_json(names)));
    CHECK(names_from_text(to_text(names)) == names);
    check_damaged_request([] { (void)names_from_text(R"([{"type":"uri","value":"a","source":"additional"}])"); });
    check_damaged_request([] { (void)names_from_text(R"([{"type":"dns","value":"a","source":"nobody"}])"); });
    check_damaged_request([] { (void)names_from_text(R"([{"type":"dns","value":7,"source":"additional"}])"); });
    check_damaged_request([] { (void)names_from_text(R"([{"type":"dns","source":"additional"}])"); });
    for (const auto* text : {"", "[", "{}", "null", "[7]"}) {
        check_damaged_request([&] { (void)names_from_text(text); });
    }
}

TEST_CASE("a subject has what is set, and every attribute is read back") {
    const CertSubject whole{"US", "WA", "Redmond", "Contoso", "IT", "a.example"};
    CHECK(subject_from_text(to_json(whole).dump()) == whole);
    CHECK(subject_from_text("{}") == CertSubject{});
    check_damaged_request([] { (void)subject_from_text("[]"); });
    check_damaged_request([] { (void)subject_from_text(R"({"O":7})"); });
}

TEST_CASE("a certificate without a chain is read back, one that lacks a member is not") {
    const IssuedCertificate certificate{.pem = "P",
                                        .chain = "",
                                        .issuer = "CN=A",
                                        .serial = "FF",
                                        .fingerprint = "AB",
                                        .thumbprint = "CD",
                                        .not_before = "2026-03-15T00:00:00Z",
                                        .not_after = "2026-09-15T00:00:00Z",
                                        .imported_at = "2026-03-16T00:00:00Z",
                                        .allowed_missing = {},
                                        .has_whole_chain = false};
    const auto json = to_json(certificate);
    CHECK(json.at("chain").is_null());
    CHECK(certificate_from_text(json.dump()) == certificate);
    for (const auto& [key, value] : json.items()) {
        auto lacking = json;
        lacking.erase(key);
        CAPTURE(key);
        if (key == "chain_complete") {  // which came later
            CHECK(certificate_from_text(lacking.dump()) == certificate);
        } else {
            check_damaged_request([&] { (void)certificate_from_text(lacking.dump()); });
        }
        check_damaged_request([&, &key = key] { (void)certificate_from_text(with(json, key, 7)); });
    }
}

TEST_CASE("what is set only later stands in a request's JSON where it was null") {
    CertRequest request;
    request.state = RequestState::assigned;
    request.csr_file = "/c";
    request.template_name = "T";
    request.renews = 3;
    request.assigned_at = "2026-03-16T00:00:00Z";
    request.directory = "/d";
    request.exportable = false;
    request.certificate = IssuedCertificate{};
    request.certificate->pem = "P";
    const auto json = to_json(request);
    CHECK(json.at("state") == "assigned");
    CHECK(json.at("csr").is_null());
    CHECK(json.at("csr_file") == "/c");
    CHECK(json.at("key_file").is_null());
    CHECK(json.at("template") == "T");
    CHECK(json.at("renews") == 3);
    CHECK(json.at("assigned_at") == "2026-03-16T00:00:00Z");
    CHECK(json.at("directory") == "/d");
    CHECK(json.at("exportable") == false);
    CHECK(json.at("certificate").at("pem") == "P");
    CHECK(json.at("certificate").at("chain").is_null());
}

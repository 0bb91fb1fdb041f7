#include "core/cert/cert_rules.hpp"
#include "core/cert/cert_name_rules.hpp"

#include <fmt/format.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

#include "tests/core/values.hpp"

using namespace xmppfed::core;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

namespace {

constexpr sys_seconds checked_at = sys_days{std::chrono::year{2026} / 3 / 15} + 9h;

std::vector<std::string> rules_of(const Diagnostics& diagnostics) {
    std::vector<std::string> rules;
    for (const auto& diagnostic : diagnostics) {
        rules.emplace_back(diagnostic.rule_id());
    }
    return rules;
}

using Rules = std::vector<std::string>;

Certificate valid(sys_seconds from, sys_seconds to) {
    Certificate certificate;
    certificate.not_before = from;
    certificate.not_after = to;
    return certificate;
}

Rules dates(sys_seconds from, sys_seconds to, Days warn = default_warn_days) {
    return rules_of(check_dates(valid(from, to), checked_at, warn, "the certificate"));
}

Rules names(const std::vector<CertName>& present, const std::vector<CertName>& needed) {
    return rules_of(check_names(present, needed, {}));
}

PublicKey rsa(int bits) {
    PublicKey key;
    key.kind = KeyKind{.algorithm = KeyAlgorithm::rsa, .bits = bits};
    key.bits = bits;
    return key;
}

PublicKey elliptic() {
    PublicKey key;
    key.kind = KeyKind{.algorithm = KeyAlgorithm::ec};
    key.is_elliptic = true;
    return key;
}

Certificate named_ca(std::string name) {
    Certificate certificate;
    certificate.subject.common_name = std::move(name);
    certificate.key = rsa(2048);
    return certificate;
}

}  // namespace

TEST_CASE("a certificate is valid in both of its seconds, and expired in the next") {
    const auto far = checked_at + Days{100};
    CHECK(dates(checked_at - 1h, checked_at - 1s) == Rules{"cert-expired"});
    CHECK(dates(checked_at - 1h, checked_at, Days{0}).empty());
    CHECK(dates(checked_at, far).empty());
    CHECK(dates(checked_at + 1s, far) == Rules{"cert-not-yet-valid"});
    CHECK(dates(checked_at, checked_at, Days{0}).empty());
    CHECK(dates(checked_at + 1s, checked_at - 1s) == Rules{"cert-expired"});
}

TEST_CASE("less than the days to warn are left") {
    CHECK(dates(checked_at, checked_at + Days{30}).empty());
    CHECK(dates(checked_at, checked_at + Days{30} - 1s) == Rules{"cert-expires-soon"});
    CHECK(dates(checked_at, checked_at + Days{29}) == Rules{"cert-expires-soon"});
    CHECK(dates(checked_at, checked_at + Days{29}, Days{29}).empty());
    CHECK(dates(checked_at, checked_at + Days{1} - 1s, Days{1}) == Rules{"cert-expires-soon"});
    CHECK(dates(checked_at, checked_at, Days{1}) == Rules{"cert-expires-soon"});
    CHECK(dates(checked_at, checked_at, Days{0}).empty());
}

TEST_CASE("days that are left are whole ones") {
    CHECK(days_left(checked_at + Days{2}, checked_at) == Days{2});
    CHECK(days_left(checked_at + Days{2} - 1s, checked_at) == Days{1});
    CHECK(days_left(checked_at, checked_at) == Days{0});
    CHECK(days_left(checked_at - 1s, checked_at) == Days{-1});
    CHECK(days_left(checked_at - Days{1}, checked_at) == Days{-1});
    CHECK(days_left(checked_at - Days{1} - 1s, checked_at) == Days{-2});
}

TEST_CASE("how long a certificate may last depends on the day on which it begins") {
    using std::chrono::year;
    const auto [day, most] = GENERATE(table<sys_days, int>({{year{2020} / 9 / 1, 398},
                                                            {year{2026} / 3 / 14, 398},
                                                            {year{2026} / 3 / 15, 200},
                                                            {year{2027} / 3 / 14, 200},
                                                            {year{2027} / 3 / 15, 100},
                                                            {year{2029} / 3 / 14, 100},
                                                            {year{2029} / 3 / 15, 47},
                                                            {year{2050} / 1 / 1, 47}}));
    for (const sys_seconds from : {sys_seconds{day}, sys_seconds{day + 24h - 1s}}) {
        const auto end = from + Days{most} - 1s;  // both seconds count
        CHECK(check_lifetime(valid(from, end - Days{1})).empty());
        CHECK(check_lifetime(valid(from, end)).empty());
        const auto diagnostics = check_lifetime(valid(from, end + 1s));
        REQUIRE(rules_of(diagnostics) == Rules{"cert-lifetime-too-long"});
        CHECK_THAT(diagnostics.front().message, Contains(fmt::format("lasts {} days", most + 1)));
        CHECK_THAT(diagnostics.front().message, Contains(fmt::format("{} days at most", most)));
    }
    const sys_seconds before = sys_days{year{2020} / 9 / 1} - 1s;
    CHECK(check_lifetime(valid(before, before + Days{825})).empty());
}

TEST_CASE("RSA keys need 2,048 bits in whole octets, EC keys a known curve, and other kinds are not taken") {
    for (const int bits : {2048, 2056, 3072, 4096, 16384}) {
        CHECK(check_key(rsa(bits)).empty());
    }
    for (const int bits : {0, 512, 1024, 2040, 2047, 2049, 2050, 2055, 3071}) {
        CHECK(rules_of(check_key(rsa(bits))) == Rules{"cert-key-weak"});
    }
    CHECK_THAT(check_key(rsa(1024)).front().message, Contains("the key has 1024 bits") && Contains("at least 2048"));
    for (const auto curve : {Curve::p256, Curve::p384, Curve::p521}) {
        CHECK(check_key(KeyKind{.algorithm = KeyAlgorithm::ec, .curve = curve}).empty());
    }
    CHECK(check_key(elliptic()).empty());
    auto other = elliptic();
    other.kind.reset();
    other.description = "EC on brainpoolP256r1\x1b";
    const auto unknown = check_key(other);
    REQUIRE(rules_of(unknown) == Rules{"cert-key-weak"});
    CHECK(unknown.front().message ==
          "the key is EC on brainpoolP256r1\\x1b, and XMPP servers take EC on P-256, P-384 or P-521");
    for (const int bits : {0, 256, 2048, 4096}) {
        PublicKey stranger;
        stranger.bits = bits;
        stranger.description = "DSA\x1b";
        const auto diagnostics = check_key(stranger);
        REQUIRE(rules_of(diagnostics) == Rules{"cert-key-weak"});
        CHECK(diagnostics.front().message == "the key is of the kind DSA\\x1b, and XMPP servers take RSA and EC");
    }
    CHECK(rules_of(check_key(KeyKind{.algorithm = KeyAlgorithm::rsa, .bits = 2047})) == Rules{"cert-key-weak"});
}

TEST_CASE("a CA's certificate and a weak signature are findings of their own") {
    Certificate certificate;
    certificate.signature = "ecdsa-with-SHA1\x1b";
    CHECK(check_issuance(certificate).empty());
    certificate.is_ca = true;
    CHECK(rules_of(check_issuance(certificate)) == Rules{"cert-is-ca"});
    CHECK(check_signature(certificate, "it").empty());
    certificate.weak_signature = true;
    const auto diagnostics = check_signature(certificate, "the request");
    CHECK(rules_of(diagnostics) == Rules{"cert-signature-weak"});
    CHECK(diagnostics.front().message == "the request is signed by ecdsa-with-SHA1\\x1b");
}

TEST_CASE("names that stand for none of those needed are surplus") {
    const auto needed = std::vector{dns("a.example.com"), CertName{NameType::xmpp_addr, "example.com", {}}};
    const auto surplus = [&](std::vector<CertName> names) {
        std::string text;
        for (const auto& name : surplus_names(names, needed)) {
            text += name.value + " ";
        }
        return text;
    };
    CHECK(surplus({dns("a.example.com"), dns("*.example.com"), {NameType::xmpp_addr, "example.com", {}}}).empty());
    CHECK(surplus({dns("b.example.com"), dns("*.com"), dns("example.com"), dns("*.a.example.com")}) ==
          "b.example.com *.com example.com *.a.example.com ");
}

TEST_CASE("an XmppAddr may be missing by its name in either form") {
    const auto needed = std::vector{CertName{NameType::xmpp_addr, "b\u00fccher.example", {}}};
    const std::vector<std::string> allowed{"xn--bcher-kva.example"};
    CHECK(check_names({}, needed, allowed).empty());
    CHECK(check_names({}, needed, {}).size() == 1);
}

TEST_CASE("a name is there, or a wildcard covers it") {
    const auto needed = std::vector{dns("a.example.com")};
    CHECK(names({dns("a.example.com")}, needed).empty());
    CHECK(names({dns("*.example.com")}, needed).empty());
    const auto other = GENERATE(as<std::string>{}, "*.com", "*", "*.a.example.co", "a*.example.com", "*a.example.com",
                                "a.*.com", "b.example.com", "example.com", "xa.example.com", "a.example.com.", "");
    CHECK(names({dns(other)}, needed) == Rules{"cert-name-missing"});
}

TEST_CASE("a wildcard below a name is no substitute for it") {
    CHECK(names({dns("*.example.com")}, {dns("example.com")}) ==
          Rules{"cert-name-missing", "cert-wildcard-insufficient"});
    CHECK(names({dns("*.example.com"), dns("example.com")}, {dns("example.com")}).empty());
    CHECK(names({dns("*.b.example.com")}, {dns("example.com")}) == Rules{"cert-name-missing"});
    // A wildcard that is needed is no name that another wildcard covers.
    CHECK(names({dns("*.example.com")}, {dns("*.example.com")}).empty());
    CHECK(names({dns("*.com")}, {dns("*.example.com")}) == Rules{"cert-name-missing"});
    // Two labels follow at least: who has a name right below a top-level domain shares no wildcard with all others there.
    CHECK(names({dns("*.com")}, {dns("example.com")}) == Rules{"cert-name-missing"});
    CHECK(names({dns("*")}, {dns("com")}) == Rules{"cert-name-missing"});
    CHECK(names({dns("")}, {dns("example.com")}) == Rules{"cert-name-missing"});
    CHECK(names({dns("*.co.uk")}, {dns("example.co.uk")}).empty());
}

TEST_CASE("the type of a name counts") {
    const CertName srv{NameType::srv, "_xmpp-server.example.com", NameSource::xmpp_domain};
    const CertName address{NameType::xmpp_addr, "example.com", NameSource::xmpp_domain};
    CHECK(names({srv, address}, {srv, address}).empty());
    CHECK(names({dns("_xmpp-server.example.com")}, {srv}) == Rules{"cert-name-missing"});
    CHECK(names({dns("example.com"), dns("*.com")}, {address}) == Rules{"cert-name-missing"});
    CHECK(names({{NameType::srv, "*.example.com", NameSource::additional}}, {dns("a.example.com")}) ==
          Rules{"cert-name-missing"});
}

TEST_CASE("names that may be missing are not looked for") {
    const std::vector<CertName> needed{dns("a.example"), dns("b.example")};
    CHECK(check_names({}, needed, std::vector<std::string>{"a.example", "b.example"}).empty());
    const auto diagnostics = check_names({}, needed, std::vector<std::string>{"b.example", "c.example"});
    REQUIRE(rules_of(diagnostics) == Rules{"cert-name-missing"});
    CHECK_THAT(diagnostics.front().message, Contains("'a.example'"));
}

TEST_CASE("names are compared as RFC 9525 has it") {
    rc::prop("a missing name has neither its equal nor its wildcard among those present", [] {
        const auto label = rc::gen::elementOf(std::vector<std::string>{"*", "a", "b", "com"});
        const auto any_name =
            rc::gen::map(rc::gen::resize(4, rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(label))),
                         [](const std::vector<std::string>& labels) { return join(labels, "."); });
        const auto present = *rc::gen::container<std::vector<std::string>>(any_name);
        const auto needed = *rc::gen::suchThat(any_name, [](const auto& name) { return !name.starts_with("*"); });
        std::vector<CertName> found;
        for (const auto& name : present) {
            found.push_back(dns(name));
        }
        const bool expected = std::ranges::any_of(present, [&](const std::string& name) {
            const bool covers = name.starts_with("*.") && std::ranges::count(name, '.') > 1 &&
                                needed.find('.') != std::string::npos &&
                                name.substr(1) == needed.substr(needed.find('.'));
            return name == needed || covers;
        });
        RC_ASSERT(NameSet{found}.covers(dns(needed)) == expected);
    });
}

TEST_CASE("only a wildcard covers the Access Edge FQDN") {
    const CertName edge{NameType::dns, "sip.contoso.com", NameSource::access_edge};
    const CertName other{NameType::dns, "sip.contoso.com", NameSource::sip_domain};
    const auto diagnostics = check_names(std::vector{dns("*.contoso.com")}, std::vector{edge}, {});
    REQUIRE(rules_of(diagnostics) == Rules{"cert-wildcard-edge"});
    CHECK_THAT(diagnostics.front().message, Contains("'*.contoso.com'") && Contains("'sip.contoso.com'"));
    CHECK(names({dns("*.contoso.com")}, {other}).empty());
    CHECK(names({dns("*.contoso.com"), dns("sip.contoso.com")}, {edge}).empty());
    CHECK(names({}, {edge}) == Rules{"cert-name-missing"});
}

TEST_CASE("usages allow a server, a signed handshake, and no stapling that nobody does") {
    CertContent content;
    CHECK(check_usages(content, "it").empty());
    content.server_auth = false;
    CHECK(rules_of(check_usages(content, "it")) == Rules{"cert-server-auth-missing"});
    content = {};
    content.server_type = false;
    REQUIRE(rules_of(check_usages(content, "it")) == Rules{"cert-server-auth-missing"});
    CHECK_THAT(check_usages(content, "it").front().message, Contains("Netscape certificate type"));
    content = {};
    content.client_type = false;
    CHECK(check_usages(content, "it").empty());
    REQUIRE(rules_of(check_client_auth(content, {}, {"p.example"})) == Rules{"cert-client-auth-missing"});
    CHECK_THAT(check_client_auth(content, {}, {"p.example"}).front().message,
               Contains("Netscape certificate type") && Contains("1 partner depends"));
    CHECK_THAT(check_client_auth(content, {}, {"p.example"}).front().hint,
               StartsWith("ask the CA to leave the Netscape certificate type out") && Contains(", or "));
    content = {};
    content.digital_signature = false;
    CHECK(rules_of(check_usages(content, "it")) == Rules{"cert-usage-unfit"});
    content = {};
    content.must_staple = true;
    CHECK(rules_of(check_usages(content, "it")) == Rules{"cert-must-staple"});
    CHECK(check_usages(content, "it").front().severity == Severity::warning);
}

TEST_CASE("each defect of the form is a finding") {
    CertContent content;
    CHECK(check_form(content, "it").empty());
    content.defects = {"has one\x1b", "has another"};
    const auto diagnostics = check_form(content, "the certificate");
    REQUIRE(rules_of(diagnostics) == Rules{"cert-malformed", "cert-malformed"});
    CHECK(diagnostics.front().message == "the certificate has one\\x1b: peers refuse it");
}

TEST_CASE("what is wrong above a certificate names the CA") {
    CertPath path;
    path.chain = {named_ca("Good"), named_ca("Bad")};
    CHECK(check_path(path).empty());
    path.problem = "self-signed certificate";
    CHECK(check_path(path).front().message == "verifiers refuse the chain: self-signed certificate");
    path.is_to_anchors = true;
    CHECK(check_path(path).front().message == "no chain leads to a trusted CA: self-signed certificate");
    path.problem = {};
    path.for_servers = false;
    CHECK(check_path(path).front().message == "a CA above the certificate may not issue for servers");
    path.chain.back().server_auth = false;
    REQUIRE(rules_of(check_path(path)) == Rules{"cert-server-auth-missing"});
    CHECK(check_path(path).front().message == "the CA certificate of 'Bad' may not issue for servers");
    path.for_servers = true;
    path.chain.back().defects = {"names two signature algorithms"};
    CHECK(rules_of(check_path(path)) == Rules{"cert-malformed"});
}

TEST_CASE("a CA is called by its most telling name") {
    Certificate certificate;
    CHECK(name_of_ca(certificate) == "the CA certificate of ''");
    certificate.subject.organization = "Contoso";
    CHECK(name_of_ca(certificate) == "the CA certificate of 'Contoso'");
    certificate.subject.organizational_unit = "PKI";
    CHECK(name_of_ca(certificate) == "the CA certificate of 'PKI'");
    certificate.subject.common_name = "Root";
    CHECK(name_of_ca(certificate) == "the CA certificate of 'Root'");
}

TEST_CASE("who depends on client authentication is named") {
    CertContent content;
    CHECK(check_client_auth(content, {}, {"a.example"}).empty());
    CertPath unfit;
    unfit.for_clients = false;
    const auto issuers = check_client_auth(content, unfit, {"a.example"});
    REQUIRE(rules_of(issuers) == Rules{"cert-client-auth-missing"});
    CHECK_THAT(issuers.front().message, Contains("a CA above the certificate") && Contains("1 partner depends"));
    content.client_auth = false;
    const auto nobody = check_client_auth(content, {}, {});
    REQUIRE(rules_of(nobody) == Rules{"cert-client-auth-missing"});
    CHECK_THAT(nobody.front().message, !Contains("partner"));
    CHECK_THAT(nobody.front().hint, Contains("private CA") && Contains("--preset flexible"));
    const auto one = check_client_auth(content, {}, {"a.example"});
    CHECK_THAT(one.front().message, Contains("1 partner depends"));
    CHECK_THAT(one.front().hint, Contains("private CA") && Contains("partner edit a.example --preset flexible"));
    const auto two = check_client_auth(content, {}, {"a.example", "b.example"});
    CHECK_THAT(two.front().message, Contains("2 partners depend"));
    CHECK_THAT(two.front().hint, Contains("let a.example, b.example fall back"));
}

TEST_CASE("what public CAs refuse or drop") {
    CertSubject subject;
    CHECK(check_public_ca(subject, std::vector{dns("a.example.com"), dns("*.contoso.co.uk")}).empty());
    for (const auto* name : {"intranet", "a.local", "a.contoso.internal", "*.corp", ""}) {
        CHECK(rules_of(check_public_ca(subject, std::vector{dns("a.com"), dns(name)})) == Rules{"cert-internal-name"});
    }
    const auto several = check_public_ca(subject, std::vector{dns("x"), dns("y\x1b")});
    REQUIRE(rules_of(several) == Rules{"cert-internal-name"});
    CHECK_THAT(several.front().message, Contains("2 names") && Contains("'x'"));
    CHECK(rules_of(check_public_ca(subject, std::vector<CertName>{{NameType::srv, "_xmpp-server.a.com", {}}})) ==
          Rules{"cert-othername-public-ca"});
    CHECK(rules_of(check_public_ca(subject, std::vector<CertName>{{NameType::xmpp_addr, "intranet", {}}})) ==
          Rules{"cert-othername-public-ca"});
    subject.organizational_unit = "IT";
    CHECK(rules_of(check_public_ca(subject, {})) == Rules{"cert-ou-present"});
}

TEST_CASE("a hint at a renewal has the number of the request") {
    auto diagnostics = check_dates(valid(checked_at - Days{90}, checked_at + Days{3}), checked_at, default_warn_days,
                                   "the certificate");
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().hint == "renew it: `xmppfed cert request --renew N`");
    diagnostics.push_back(make_diagnostic(rule::cert_is_ca, {}, std::string{renew_hint}, "another hint"));
    auto on_windows = diagnostics;
    CertRequest request;
    request.number = 17;
    name_request(on_windows, request);
    CHECK(on_windows.front().hint == "renew it: `xmppfed cert request --renew 17 --format inf`");
    request.key_file = "/edge.key";
    name_request(diagnostics, request);
    CHECK(diagnostics.front().hint == "renew it: `xmppfed cert request --renew 17`");
    CHECK(diagnostics.back().hint == "another hint");
}

#include "app/probe/peer_certificate.hpp"

#include <fmt/format.h>
#include <openssl/x509.h>
#include <catch2/catch.hpp>

#include <functional>
#include <iterator>

#include "tests/pki/authority.hpp"

namespace xmppfed::app {

namespace {

using core::Dane;
using pki::CertWish;
using pki::Holder;
using pki::test_now;

constexpr std::uint8_t authority_on_record = 0;  // the usages of RFC 7218
constexpr std::uint8_t own_on_record = 1;
constexpr std::uint8_t trust_anchor = 2;
constexpr std::uint8_t end_entity = 3;

std::pair<int, std::string> names(const std::string& names) {
    return {NID_subject_alt_name, names};
}

Holder certificate_for(const Holder& ca, const std::string& domain, CertWish wish = {}) {
    wish.name = domain;
    wish.extensions.push_back(names("DNS:" + domain));
    return pki::issued_by(ca, wish);
}

/// A record of the whole certificate at xmpp.fabrikam.com.
core::DnsTlsa record_of(const Holder& holder, std::uint8_t usage) {
    unsigned char* octets = nullptr;
    const auto size = i2d_X509(holder.certificate.get(), &octets);
    std::string data;
    for (int i = 0; i < size; ++i) {
        fmt::format_to(std::back_inserter(data), "{:02x}", octets[i]);
    }
    OPENSSL_free(octets);
    return {"xmpp.fabrikam.com", 5269, usage, 0, 0, data};
}

core::PeerCertificate judged(const std::vector<const Holder*>& chain, const std::vector<const Holder*>& roots,
                             const std::vector<core::DnsTlsa>& tlsa = {}) {
    std::vector<std::string> sent;
    for (const auto* const each : chain) {
        sent.push_back(each->pem());
    }
    std::vector<core::Certificate> known;
    for (const auto* const each : roots) {
        known.push_back(each->facts());
    }
    return judge_presented(sent, "fabrikam.com", pki::TrustStore{known}, tlsa, test_now);
}

const Holder& root() {
    static const Holder made = pki::self_signed({.name = "Root", .is_ca = true});
    return made;
}

}  // namespace

TEST_CASE("what is presented is trusted by a known root, and names the domain by each of RFC 9525's names") {
    const auto good = certificate_for(root(), "fabrikam.com");
    const auto seen = judged({&good}, {&root()});
    CHECK(seen.trusted);
    CHECK(seen.trust_error.empty());
    REQUIRE(seen.chain.size() == 1);
    CHECK(seen.chain.front().subject == "CN=fabrikam.com");
    CHECK(seen.chain.front().issuer == "CN=Root");
    CHECK(seen.matches);
    CHECK(seen.dane == Dane::none);
    const auto by = [](const std::string& text) {
        const auto made = pki::issued_by(root(), {.name = "host", .extensions = {names(text)}});
        return judged({&made}, {&root()}).matches;
    };
    CHECK(by("otherName:1.3.6.1.5.5.7.8.7;IA5:_xmpp-server.fabrikam.com"));
    CHECK(by("otherName:1.3.6.1.5.5.7.8.5;UTF8:fabrikam.com"));
    CHECK_FALSE(by("DNS:xmpp.fabrikam.com"));
    CHECK_FALSE(by("otherName:1.3.6.1.5.5.7.8.7;IA5:_xmpp-client.fabrikam.com"));
}

TEST_CASE("why what is presented is not trusted") {
    const auto good = certificate_for(root(), "fabrikam.com");
    CHECK(judged({&good}, {}).trust_error == "no root is known here");
    const auto other = pki::self_signed({.name = "Other root", .is_ca = true});
    CHECK(judged({&good}, {&other}).trust_error == "its issuer 'CN=Root' is not sent");
    CHECK(judged({&good, &root()}, {&other}).trust_error == "the root 'CN=Root' is not known here");
    const auto alone = pki::self_signed({.name = "fabrikam.com", .extensions = {names("DNS:fabrikam.com")}});
    CHECK(judged({&alone}, {&root()}).trust_error == "it is self-signed");
    const auto for_clients =
        certificate_for(root(), "fabrikam.com", {.name = {}, .extensions = {{NID_ext_key_usage, "clientAuth"}}});
    CHECK(judged({&for_clients}, {&root()}).trust_error == "it is not for servers");
    const auto of_type = [](const std::string& type) {
        const auto made =
            certificate_for(root(), "fabrikam.com", {.name = {}, .extensions = {{NID_netscape_cert_type, type}}});
        return judged({&made}, {&root()});
    };
    CHECK((of_type("server,client").trusted && of_type("server,client").client_auth));
    CHECK((of_type("server").trusted && !of_type("server").client_auth));
    CHECK_FALSE(of_type("client").trusted);
    CHECK(of_type("client").trust_error == "it is not for servers");
    CHECK(judge_presented({}, "fabrikam.com", pki::TrustStore{{}}, {}, test_now).trust_error ==
          "the server presents none");
    CHECK_FALSE(judge_presented({"garbage"}, "fabrikam.com", pki::TrustStore{{}}, {}, test_now).trusted);
}

TEST_CASE("a record for the server's own certificate needs neither dates nor names nor a root") {
    const auto alone = pki::self_signed({.name = "anybody", .to = test_now - std::chrono::days{1}});
    const auto without = judged({&alone}, {&root()});
    CHECK((without.is_expired && !without.trusted && !without.matches));
    const auto seen = judged({&alone}, {&root()}, {record_of(alone, end_entity)});
    CHECK(seen.dane == Dane::matches);
    CHECK((!seen.is_expired && !seen.expires_soon && seen.trusted && seen.matches));
    CHECK(seen.trust_error.empty());
    CHECK(judged({&alone}, {&root()}, {record_of(root(), end_entity)}).dane == Dane::differs);
    CHECK(judged({&alone}, {&root()}, {record_of(root(), end_entity), record_of(alone, end_entity)}).dane ==
          Dane::matches);
}

TEST_CASE("a record that nobody can use is as none") {
    const auto good = certificate_for(root(), "fabrikam.com");
    const auto usable = record_of(root(), end_entity);
    const auto with = [&](const std::function<void(core::DnsTlsa&)>& change) {
        auto record = usable;
        change(record);
        return record;
    };
    const std::vector<core::DnsTlsa> unusable{
        with([](auto& it) { it.usage = 9; }),    with([](auto& it) { it.selector = 2; }),
        with([](auto& it) { it.matching = 3; }), with([](auto& it) { it.matching = 1; }),  // of another length
        with([](auto& it) { it.data.clear(); }), with([](auto& it) { it.matching = 2, it.data = "00"; }),
    };
    for (const auto& record : unusable) {
        CAPTURE(record.usage, record.selector, record.matching);
        const auto seen = judged({&good, &root()}, {&root()}, {record});
        CHECK(seen.dane == Dane::none);
        CHECK(seen.trusted);
        CHECK(judged({&good, &root()}, {&root()}, {record, usable}).dane == Dane::differs);
    }
}

TEST_CASE("a record for a CA makes it the root of what it has issued, and of nothing else") {
    const auto private_ca = pki::self_signed({.name = "Private CA", .is_ca = true});
    const auto host = certificate_for(private_ca, "xmpp.fabrikam.com");
    const auto seen = judged({&host, &private_ca}, {&root()}, {record_of(private_ca, trust_anchor)});
    CHECK(seen.dane == Dane::matches);
    CHECK(seen.trusted);
    CHECK(seen.matches);  // by the target's name, which DNSSEC confirms
    // Everybody has the CA's certificate, and may send it behind one of his own.
    const auto forged = pki::self_signed({.name = "fabrikam.com", .extensions = {names("DNS:fabrikam.com")}});
    const auto beside = judged({&forged, &private_ca}, {&root()}, {record_of(private_ca, trust_anchor)});
    CHECK(beside.dane == Dane::differs);
    CHECK_FALSE(beside.trusted);
    CHECK(judged({&host}, {&root()}, {record_of(private_ca, trust_anchor)}).dane == Dane::differs);
}

TEST_CASE("a record that only narrows what is trusted gives no trust") {
    const auto good = certificate_for(root(), "fabrikam.com");
    const auto unknown = pki::self_signed({.name = "Unknown CA", .is_ca = true});
    const auto foreign = certificate_for(unknown, "fabrikam.com");
    for (const auto& record : {record_of(good, own_on_record), record_of(root(), authority_on_record)}) {
        const auto seen = judged({&good, &root()}, {&root()}, {record});
        CHECK(seen.dane == Dane::matches);
        CHECK(seen.trusted);
    }
    for (const auto& record : {record_of(foreign, own_on_record), record_of(unknown, authority_on_record)}) {
        const auto seen = judged({&foreign, &unknown}, {&root()}, {record});
        CHECK(seen.dane == Dane::matches);
        CHECK_FALSE(seen.trusted);
    }
    CHECK(judged({&good, &unknown}, {&root()}, {record_of(unknown, authority_on_record)}).dane == Dane::differs);
}

}  // namespace xmppfed::app

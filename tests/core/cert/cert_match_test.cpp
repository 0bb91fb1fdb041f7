#include "core/cert/cert_match.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "tests/core/values.hpp"

using namespace xmppfed::core;
using std::chrono::sys_days;

namespace {

constexpr std::chrono::sys_seconds some_day = sys_days{std::chrono::year{2026} / 3 / 20};

Certificate made(std::string pem, std::string key, int days) {
    Certificate certificate;
    certificate.fingerprint = pem;
    certificate.pem = std::move(pem);
    certificate.key.der = std::move(key);
    certificate.key.kind = KeyKind{};
    certificate.not_after = some_day + std::chrono::days{days};
    return certificate;
}

/// A request whose CSR is its key, for `key_of`.
CertRequest request(std::int64_t number, std::string key, RequestState state = RequestState::pending,
                    const std::string& issued = {}) {
    CertRequest result;
    result.number = number;
    result.csr = std::move(key);
    result.state = state;
    if (!issued.empty()) {
        result.certificate.emplace();
        result.certificate->pem = issued;
    }
    return result;
}

using Found = std::pair<std::int64_t, std::string>;  // the request, or 0, and the certificate

const CertMatching matching{.key_of = [](const CertRequest& it) { return it.csr; },
                            .is_sound = [](const CertRequest* /*request*/, const Certificate& /*it*/) { return true; },
                            .has_names =
                                [](const CertRequest& it, const Certificate& certificate) {
                                    return std::ranges::all_of(it.names, [&](const CertName& name) {
                                        return std::ranges::find(certificate.names, name) != certificate.names.end();
                                    });
                                }};

Found found(const std::vector<CertRequest>& requests, std::vector<Certificate> certificates,
            const std::set<std::string>& unsound = {}, std::optional<std::int64_t> number = std::nullopt) {
    auto with_unsound = matching;
    with_unsound.is_sound = [&](const CertRequest* /*request*/, const Certificate& it) {
        return !unsound.contains(it.pem);
    };
    const auto look = [&] {
        const auto match = match_certificate(requests, certificates, number, with_unsound);
        return Found{match.request == nullptr ? 0 : match.request->number, match.certificate->pem};
    };
    const auto result = look();
    std::ranges::reverse(certificates);
    CHECK(look() == result);  // whatever the order
    return result;
}

}  // namespace

TEST_CASE("of several certificates for one key a sound one is taken, then the one that ends later") {
    const std::vector requests{request(1, "k")};
    CHECK(found(requests, {made("short", "k", 10), made("long", "k", 90)}) == Found{1, "long"});
    CHECK(found(requests, {made("short", "k", 10), made("long", "k", 90)}, {"long"}) == Found{1, "short"});
    CHECK(found(requests, {made("short", "k", 10), made("long", "k", 90)}, {"long", "short"}) == Found{1, "long"});
    CHECK(found(requests, {made("b", "k", 90), made("a", "k", 90)}) == Found{1, "a"});
    CHECK(found(requests, {made("other", "x", 900), made("ours", "k", 90)}) == Found{1, "ours"});
}

TEST_CASE("a request is found by its key, a pending one first and a later one before an earlier") {
    const std::vector certificates{made("new", "k", 90)};
    CHECK(found({request(1, "k", RequestState::assigned, "old"), request(2, "k"),
                 request(3, "k", RequestState::cancelled)},
                certificates) == Found{2, "new"});
    CHECK(found({request(1, "k"), request(2, "k")}, certificates) == Found{2, "new"});
    CHECK(found({request(1, "k", RequestState::issued, "old"), request(2, "k", RequestState::cancelled)},
                certificates) == Found{1, "new"});
    CHECK(found({request(1, "k", RequestState::cancelled), request(2, "x")}, certificates) == Found{1, "new"});
    CHECK(found({request(1, "k"), request(2, "k")}, certificates, {}, 1) == Found{1, "new"});
    CHECK(found({request(1, "x")}, certificates) == Found{0, "new"});
    CHECK(found({request(1, "k"), request(2, "x")}, certificates, {}, 2) == Found{0, "new"});
}

TEST_CASE("the request that has the best certificate already keeps it") {
    const std::vector requests{request(1, "k", RequestState::assigned, "old"), request(2, "k")};
    CHECK(found(requests, {made("old", "k", 10)}) == Found{1, "old"});
    CHECK(found(requests, {made("old", "k", 10), made("new", "k", 90)}) == Found{2, "new"});
}

TEST_CASE("of several requests of one key the latest whose names the certificate has is meant") {
    auto small = request(1, "k");
    small.names = {dns("sip.contoso.com")};
    auto large = request(3, "k");
    large.names = {dns("sip.contoso.com"), dns("im.contoso.com")};
    auto other = large;
    other.number = 4;
    other.names = {dns("other.contoso.com")};
    auto certificate = made("new", "k", 90);
    certificate.names = {dns("sip.contoso.com")};
    CHECK(found({small, large}, {certificate}) == Found{1, "new"});
    auto again = small;
    again.number = 2;
    CHECK(found({small, again, large}, {certificate}) == Found{2, "new"});
    certificate.names = large.names;
    CHECK(found({small, large, other}, {certificate}) == Found{3, "new"});
    CHECK(match_certificate(std::vector{small, large, other}, std::vector{certificate}, {}, matching).rivals.empty());
    // A pending one stays before one that is done.
    small.state = RequestState::issued;
    certificate.names = small.names;
    CHECK(found({small, large}, {certificate}) == Found{3, "new"});

    // Without one that fits it is the latest, and the others are told.
    certificate.names.clear();
    const std::vector all{small, large, other};
    const auto match = match_certificate(all, std::vector{certificate}, {}, matching);
    CHECK(match.request == &all[2]);
    CHECK(match.rivals == std::vector<std::int64_t>{3});
    CHECK(match_certificate(all, std::vector{certificate}, 4, matching).rivals.empty());
}

TEST_CASE("the only pending request of a key on Windows takes the certificate of a server for such a key") {
    auto ca = made("ca", "c", 900);
    ca.is_ca = true;
    const std::vector certificates{ca, made("edge", "w", 90)};
    CHECK(found({request(1, "")}, certificates) == Found{1, "edge"});
    CHECK(found({request(1, ""), request(2, "", RequestState::issued)}, certificates) == Found{1, "edge"});
    CHECK(found({request(1, ""), request(2, "")}, certificates) == Found{0, "edge"});
    CHECK(found({request(1, "", RequestState::issued)}, certificates, {}, 1) == Found{1, "edge"});
    CHECK(found({request(1, "", RequestState::assigned, "edge"), request(2, "")}, certificates) == Found{1, "edge"});
    CHECK(found({request(1, "")}, {ca}) == Found{1, "ca"});
}

TEST_CASE("a request of a key on Windows takes no key of another kind, and one of another size when it is named") {
    auto edge = made("edge", "w", 90);
    const std::vector requests{request(1, "")};
    edge.key.kind->bits = 4096;
    CHECK(found(requests, {edge}) == Found{0, "edge"});
    CHECK(found(requests, {edge}, {}, 1) == Found{1, "edge"});
    edge.key.kind = KeyKind{.algorithm = KeyAlgorithm::ec, .curve = Curve::p384};
    CHECK(found(requests, {edge}) == Found{0, "edge"});
    CHECK(found(requests, {edge}, {}, 1) == Found{0, "edge"});
    edge.key.kind.reset();
    CHECK(found(requests, {edge}, {}, 1) == Found{0, "edge"});

    auto elliptic = request(2, "");
    elliptic.key = {.algorithm = KeyAlgorithm::ec, .curve = Curve::p384};
    edge.key.kind = elliptic.key;
    edge.key.kind->bits = 384;  // which says nothing of a curve
    CHECK(found({requests[0], elliptic}, {edge}) == Found{2, "edge"});
    edge.key.kind->curve = Curve::p256;
    CHECK(found({requests[0], elliptic}, {edge}) == Found{0, "edge"});
    CHECK(found({requests[0], elliptic}, {edge}, {}, 2) == Found{2, "edge"});
}

#include "core/cert/cert_match.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace xmppfed::core;
using std::chrono::sys_days;

namespace {

constexpr std::chrono::sys_seconds some_day = sys_days{std::chrono::year{2026} / 3 / 20};

Certificate made(std::string pem, std::string key, int days) {
    Certificate certificate;
    certificate.fingerprint = pem;
    certificate.pem = std::move(pem);
    certificate.key.der = std::move(key);
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

Found found(const std::vector<CertRequest>& requests, std::vector<Certificate> certificates,
            const std::set<std::string>& unsound = {}, std::optional<std::int64_t> number = std::nullopt) {
    const CertMatching matching{
        [](const CertRequest& it) { return it.csr; },
        [&](const CertRequest* /*request*/, const Certificate& it) { return !unsound.contains(it.pem); }};
    const auto look = [&] {
        const auto match = match_certificate(requests, certificates, number, matching);
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

TEST_CASE("the only pending request of a key on Windows takes the certificate of a server, whatever its key") {
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

#include "core/cert/retirement.hpp"

#include <catch2/catch.hpp>

#include "core/rule/rules.hpp"
#include "tests/core/caught.hpp"

using namespace xmppfed::core;
using Catch::Matchers::Contains;
using Texts = std::vector<std::string>;

namespace {

constexpr std::string_view first_day = "2026-03-20T09:00:00Z";
constexpr std::string_view next_day = "2026-03-21T09:00:00Z";
constexpr auto superseded = RetirementReason::superseded;
constexpr auto compromised = RetirementReason::key_compromise;

/// A request with the key `key`, which is its CSR for `key_of`, and the certificate `fingerprint`.
CertRequest keyed(std::int64_t number, RequestState state, std::string key = "k", std::string fingerprint = "F") {
    CertRequest result;
    result.number = number;
    result.state = state;
    result.csr = std::move(key);
    result.key_file = "/edge.key";
    if (state != RequestState::pending && state != RequestState::cancelled) {
        result.certificate = IssuedCertificate{};
        result.certificate->fingerprint = std::move(fingerprint);
    }
    if (state == RequestState::assigned) {
        result.assigned_at = first_day;
    }
    return result;
}

CertRequest retired(CertRequest request, RetirementReason reason) {
    request.state = RequestState::retired;
    request.retired_at = first_day;
    request.retirement_reason = reason;
    return request;
}

Certificate certificate(std::string fingerprint, std::string key) {
    Certificate result;
    result.fingerprint = std::move(fingerprint);
    result.key.der = std::move(key);
    return result;
}

const KeyOf key_of = [](const CertRequest& request) { return request.csr; };

ChangeSet retire(const CertRequest& request, std::vector<CertRequest> others, RetirementReason reason,
                 std::string_view when = first_day) {
    others.push_back(request);
    return retire_certificate(request, others, reason, when, key_of);
}

void expect_conflict(const Error& error, const std::string& message, const std::string& hint) {
    CHECK(error.kind == ErrorKind::conflict);
    CHECK(error.message == message);
    REQUIRE(error.hints.size() == 1);
    CHECK_THAT(error.hints.front(), Contains(hint));
}

Texts messages(const Diagnostics& diagnostics) {
    Texts texts;
    for (const auto& diagnostic : diagnostics) {
        CHECK(diagnostic.rule == &rule::cert_retired);
        texts.push_back(diagnostic.message);
    }
    return texts;
}

}  // namespace

TEST_CASE("a certificate is retired once it was issued, and for another reason again") {
    for (const auto state : {RequestState::issued, RequestState::assigned, RequestState::replaced}) {
        const auto before = keyed(7, state);
        const auto changes = retire(before, {}, superseded);
        REQUIRE(changes.requests.size() == 1);
        CHECK(changes.requests[0].before == before);
        const auto after = retired(before, superseded);
        CHECK(changes.requests[0].after == after);
        CHECK(changes.notes.empty() == (state != RequestState::assigned));

        CHECK(retire(after, {}, superseded, next_day).empty());
        const auto again = retire(after, {}, compromised, next_day);
        REQUIRE(again.requests.size() == 1);
        CHECK(again.requests[0].after == retired(before, compromised));
        expect_conflict(caught([&] { (void)retire(retired(before, compromised), {}, superseded, next_day); }),
                        "certificate request 7 is retired", "compromised stays so");
    }
    expect_conflict(caught([] { (void)retire(keyed(7, RequestState::pending), {}, superseded); }),
                    "certificate request 7 is pending", "`xmppfed cert cancel 7`");
    expect_conflict(caught([] { (void)retire(keyed(7, RequestState::cancelled), {}, superseded); }),
                    "certificate request 7 is cancelled", "no certificate");
}

TEST_CASE("what has the key of a retired certificate, or itself, is told at once") {
    const auto first = keyed(1, RequestState::replaced, "k", "F");
    const std::vector others{keyed(2, RequestState::assigned, "k", "G"), keyed(3, RequestState::pending, "k"),
                             keyed(4, RequestState::issued, "other", "H"),
                             retired(keyed(5, RequestState::issued, "k", "I"), superseded),
                             keyed(6, RequestState::cancelled, "k")};
    CHECK(retire(first, others, compromised).notes ==
          Texts{"certificate requests 2, 3 have the same key: no certificate for it is used again",
                "the certificate of request 2 is in use until another is assigned: `xmppfed cert request --renew 2`, "
                "then import and assign what the CA issues"});
    CHECK(retire(first, others, superseded).notes.empty());

    const std::vector twin{keyed(2, RequestState::issued, "k", "F")};
    CHECK(retire(first, twin, superseded).notes ==
          Texts{"certificate request 2 has the same certificate: it is not used again there either"});
    // Nothing is known to be the same of keys that are not known.
    CHECK(retire(keyed(1, RequestState::replaced, "", "F"), {keyed(2, RequestState::issued, "", "G")}, compromised)
              .notes.empty());
}

TEST_CASE("a certificate that was retired is refused to every request") {
    const std::vector all{retired(keyed(1, RequestState::replaced, "k", "F"), superseded)};
    const auto refused = [&](const CertRequest& request, const std::string& fingerprint) {
        return caught([&] { refuse_retired(request, certificate(fingerprint, "k"), all, key_of); });
    };
    const std::string message = "this certificate was retired with certificate request 1: superseded";
    expect_conflict(refused(keyed(2, RequestState::pending), "F"), message, "have the CA issue another");
    expect_conflict(refused(keyed(2, RequestState::issued), "F"), message, "`xmppfed cert request --renew 2` makes");
    CHECK_NOTHROW(refuse_retired(keyed(2, RequestState::pending), certificate("G", "k"), all, key_of));
    // Of the retired request itself its state tells.
    CHECK_NOTHROW(refuse_retired(all[0], certificate("F", "k"), all, key_of));
}

TEST_CASE("a key that is compromised is refused to every request") {
    const std::vector all{retired(keyed(1, RequestState::replaced, "k", "F"), compromised)};
    expect_conflict(caught([&] { refuse_retired(keyed(2, RequestState::issued), certificate("G", "k"), all, key_of); }),
                    "the key of certificate request 2 is compromised: certificate request 1 was retired for that",
                    "`xmppfed cert request --renew 2` makes a request with a new key");
    auto on_windows = keyed(2, RequestState::issued);
    on_windows.key_file.clear();
    CHECK_THAT(caught([&] { refuse_retired(on_windows, certificate("G", "k"), all, key_of); }).hints.front(),
               Contains("`xmppfed cert request --renew 2 --format inf`"));
    CHECK_NOTHROW(refuse_retired(keyed(2, RequestState::issued), certificate("G", "other"), all, key_of));
    CHECK(compromised_with(all, "k", key_of) == &all[0]);
    CHECK(compromised_with(all, "other", key_of) == nullptr);
    const std::vector unknown{retired(keyed(1, RequestState::replaced, ""), compromised)};
    CHECK(compromised_with(unknown, "", key_of) == nullptr);
}

TEST_CASE("a retired certificate, or one with a compromised key, is found while it is in use") {
    const auto in_use = keyed(2, RequestState::assigned, "k", "F");
    const auto check = [](const CertRequest& used, const CertRequest& other) {
        return check_retired(used, certificate("F", "k"), std::vector{other, used}, key_of);
    };
    CHECK(check(in_use, keyed(1, RequestState::replaced)).empty());
    CHECK(check(in_use, retired(keyed(1, RequestState::replaced, "other", "G"), compromised)).empty());
    CHECK(check(in_use, retired(keyed(1, RequestState::replaced, "k", "G"), superseded)).empty());

    const auto found = check(in_use, retired(keyed(1, RequestState::replaced, "k", "G"), compromised));
    CHECK(messages(found) ==
          Texts{"the key of the certificate in use is compromised: certificate request 1 was retired for that"});
    CHECK_THAT(found.front().hint, Contains("--renew 2"));
    CHECK(messages(check(in_use, retired(keyed(1, RequestState::replaced), superseded))) ==
          Texts{"the certificate in use was retired on 2026-03-20T09:00:00Z with certificate request 1: superseded"});
    CHECK(messages(check(retired(in_use, superseded), keyed(1, RequestState::replaced))) ==
          Texts{"the certificate in use was retired on 2026-03-20T09:00:00Z: superseded"});
    CHECK(messages(check(retired(in_use, compromised), keyed(1, RequestState::replaced))) ==
          Texts{"the certificate in use was retired on 2026-03-20T09:00:00Z: key-compromise"});
    CHECK(messages(check(retired(in_use, superseded), retired(keyed(1, RequestState::replaced), compromised))).size() ==
          2);
}

#include "core/cert/cert_lifecycle.hpp"

#include <catch2/catch.hpp>

#include "core/cert/cert_rules.hpp"
#include "core/rule/rules.hpp"
#include "tests/core/caught.hpp"
#include "tests/core/rule_scene.hpp"
#include "tests/core/values.hpp"

using namespace xmppfed::core;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using Ids = std::vector<std::string_view>;
using Texts = std::vector<std::string>;

namespace {

constexpr sys_seconds now = sys_days{std::chrono::year{2026} / 3 / 20} + 9h;
constexpr std::string_view at = "2026-03-20T09:00:00Z";
constexpr std::string_view later = "2026-03-21T09:00:00Z";
constexpr RequestState all_states[] = {RequestState::pending,  RequestState::issued,    RequestState::assigned,
                                       RequestState::replaced, RequestState::cancelled, RequestState::retired};

const std::vector<CertName> needed{dns("sip.contoso.com"), dns("contoso.com")};

/// A certificate that breaks no rule, as a CA delivers it.
Delivery delivery() {
    Delivery result;
    auto& certificate = result.certificate;
    certificate.names = needed;
    certificate.key.kind = KeyKind{};
    certificate.key.bits = 2048;
    certificate.pem = "LEAF\n";
    certificate.issuer = "CN=Issuing CA";
    certificate.serial = "0A";
    certificate.fingerprint = "AB";
    certificate.thumbprint = "CD";
    certificate.not_before = now - 24h;
    certificate.not_after = now + Days{90};
    return result;
}

Certificate ca(std::string name) {
    Certificate certificate;
    certificate.pem = name + "\n";
    certificate.subject.common_name = std::move(name);
    certificate.is_ca = true;
    certificate.key.kind = KeyKind{.algorithm = KeyAlgorithm::ec};
    certificate.not_before = now - Days{400};
    certificate.not_after = now + Days{400};
    return certificate;
}

CertRequest request(std::int64_t number, RequestState state) {
    CertRequest result;
    result.number = number;
    result.state = state;
    result.friendly_name = "Edge";
    result.key_file = "/edge.key";
    if (state != RequestState::pending && state != RequestState::cancelled) {
        result.certificate = IssuedCertificate{};
        result.certificate->pem = "LEAF\n";
    }
    return result;
}

Diagnostics judged(const Delivery& delivery, const Texts& dependents = {}) {
    return judge(delivery, needed, dependents, now);
}

/// The request after its certificate was imported once.
CertRequest imported(const Delivery& delivery) {
    return import_certificate(request(7, RequestState::pending), delivery, at).requests.at(0).after;
}

void check_conflict(const Error& error, std::string_view state, std::string_view hint) {
    CHECK(error.kind == ErrorKind::conflict);
    CHECK(error.message == "certificate request 7 is " + std::string{state});
    REQUIRE(error.hints.size() == 1);
    CHECK_THAT(error.hints.front(), Contains(std::string{hint}));
}

}  // namespace

TEST_CASE("a certificate is judged by every rule, in their order") {
    CHECK(judged(delivery()).empty());
    auto bad = delivery();
    bad.certificate.names = {dns("sip.contoso.com"), dns("*.contoso.com")};
    bad.certificate.not_before = now - Days{400};
    bad.certificate.not_after = now - 1s;
    bad.certificate.is_ca = true;
    bad.certificate.weak_signature = true;
    bad.certificate.key.bits = 1024;
    bad.certificate.client_auth = false;
    bad.certificate.server_auth = false;
    bad.certificate.digital_signature = false;
    bad.certificate.must_staple = true;
    bad.certificate.defects = {"names two signature algorithms"};
    bad.path.problem = "unable to get local issuer certificate";
    CHECK(ids_of(judged(bad, {"a.example"})) ==
          Ids{"cert-name-missing", "cert-wildcard-insufficient", "cert-expired", "cert-is-ca", "cert-signature-weak",
              "cert-key-weak", "cert-lifetime-too-long", "cert-server-auth-missing", "cert-usage-unfit",
              "cert-must-staple", "cert-malformed", "cert-chain-incomplete", "cert-client-auth-missing"});
    CHECK_THAT(judged(bad, {"a.example"}).back().hint, Contains("a.example"));
}

TEST_CASE("a certificate expires soon when fewer than 30 days are left") {
    auto delivered = delivery();
    delivered.certificate.not_after = now + Days{30};
    CHECK(judged(delivered).empty());
    delivered.certificate.not_after -= 1s;
    CHECK(ids_of(judged(delivered)) == Ids{"cert-expires-soon"});
}

TEST_CASE("the dates of the chain count as those of the certificate do") {
    auto delivered = delivery();
    delivered.path.chain = {ca("Good"), ca("Late")};
    CHECK(judged(delivered).empty());
    delivered.path.chain.back().not_after = now + Days{30} - 1s;
    auto diagnostics = judged(delivered);
    REQUIRE(ids_of(diagnostics) == Ids{"cert-expires-soon"});
    CHECK_THAT(diagnostics.front().message, StartsWith("the CA certificate of 'Late' expires at 2026-04-19T08:59:59Z"));
    CHECK_THAT(diagnostics.front().hint, Contains("--chain"));
    delivered.path.chain.back().not_after = now - 1s;
    CHECK(ids_of(judged(delivered)) == Ids{"cert-expired"});
    delivered.path.chain.back().not_before = now + 1s;
    delivered.path.chain.back().not_after = now + Days{400};
    CHECK(ids_of(judged(delivered)) == Ids{"cert-not-yet-valid"});
}

TEST_CASE("a chain that is not on record is told, unless none is needed") {
    auto delivered = delivery();
    const auto diagnostics = check_chain_on_record(delivered);
    REQUIRE(ids_of(diagnostics) == Ids{"cert-chain-incomplete"});
    CHECK(diagnostics.front().severity == Severity::info);
    CHECK_THAT(diagnostics.front().message, Contains("'CN=Issuing CA'"));
    CHECK(earliest_end(delivered) == delivered.certificate.not_after);
    delivered.path.has_root = true;
    CHECK(check_chain_on_record(delivered).empty());
    delivered.path = {};
    delivered.certificate.self_signed = true;
    CHECK(check_chain_on_record(delivered).empty());
    delivered.certificate.self_signed = false;
    delivered.path.chain = {ca("Issuing CA"), ca("Short")};
    delivered.path.chain.back().not_after = now + 24h;
    CHECK(check_chain_on_record(delivered).empty());
    CHECK(earliest_end(delivered) == now + 24h);
}

TEST_CASE("the certificate in use takes another chain, and no other certificate") {
    auto used = imported(delivery());
    used.state = RequestState::assigned;
    auto delivered = delivery();
    CHECK(import_certificate(used, delivered, later).requests.empty());
    delivered.path.chain = {ca("Issuing CA")};
    const auto changes = import_certificate(used, delivered, later);
    REQUIRE(changes.requests.size() == 1);
    CHECK(changes.requests.front().after.state == RequestState::assigned);
    CHECK(changes.requests.front().after.certificate->chain == "Issuing CA\n");
    CHECK_THAT(changes.notes.front(), Contains("cert assign 7"));
    delivered.certificate.pem = "ANOTHER\n";
    check_conflict(caught([&] { (void)import_certificate(used, delivered, later); }), "assigned", "--renew 7");
}

TEST_CASE("names that are allowed to be missing are no findings") {
    auto delivered = delivery();
    delivered.certificate.names = {dns("sip.contoso.com")};
    CHECK(ids_of(judged(delivered)) == Ids{"cert-name-missing"});
    delivered.allowed = {"contoso.com"};
    CHECK(judged(delivered).empty());
}

TEST_CASE("a weak key in the chain is a finding that names the CA") {
    auto delivered = delivery();
    delivered.path.chain = {ca("Good"), ca("Short")};
    delivered.path.chain.back().key = {.der = {}, .description = {}, .kind = KeyKind{.bits = 1024}, .bits = 1024};
    const auto diagnostics = judged(delivered);
    REQUIRE(ids_of(diagnostics) == Ids{"cert-key-weak"});
    CHECK_THAT(diagnostics.front().message, Contains("'Short'") && Contains("1024 bits"));
    CHECK_THAT(diagnostics.front().hint, Contains("CA with a stronger key"));
}

TEST_CASE("a weak signature in the chain is a finding that names the CA") {
    auto delivered = delivery();
    delivered.path.chain = {ca("Good"), ca("Old\x1b")};
    CHECK(judged(delivered).empty());
    delivered.path.chain.back().weak_signature = true;
    delivered.path.chain.back().signature = "sha1WithRSAEncryption";
    const auto diagnostics = judged(delivered);
    REQUIRE(ids_of(diagnostics) == Ids{"cert-signature-weak"});
    CHECK(diagnostics.front().severity == Severity::error);
    CHECK(diagnostics.front().message == "the CA certificate of 'Old\\x1b' is signed by sha1WithRSAEncryption");
}

TEST_CASE("an import makes a pending request an issued one, and keeps what the certificate says") {
    auto delivered = delivery();
    delivered.path.chain = {ca("Issuing CA"), ca("Upper CA")};
    delivered.allowed = {"contoso.com"};
    const auto before = request(7, RequestState::pending);
    const auto changes = import_certificate(before, delivered, at);
    CHECK(changes.partners.empty());
    CHECK_FALSE(changes.edge);
    REQUIRE(changes.requests.size() == 1);
    CHECK(changes.requests[0].before == before);
    auto expected = before;
    expected.state = RequestState::issued;
    expected.certificate = IssuedCertificate{.pem = "LEAF\n",
                                             .chain = "Issuing CA\nUpper CA\n",
                                             .issuer = "CN=Issuing CA",
                                             .serial = "0A",
                                             .fingerprint = "AB",
                                             .thumbprint = "CD",
                                             .not_before = "2026-03-19T09:00:00Z",
                                             .not_after = "2026-06-18T09:00:00Z",
                                             .imported_at = std::string{at},
                                             .allowed_missing = {"contoso.com"}};
    CHECK(changes.requests[0].after == expected);
}

TEST_CASE("the same certificate again changes nothing, whatever the state is") {
    auto delivered = delivery();
    delivered.path.chain = {ca("Issuing CA")};
    auto recorded = imported(delivered);
    for (const auto state : {RequestState::issued, RequestState::assigned, RequestState::replaced}) {
        recorded.state = state;
        CHECK(import_certificate(recorded, delivered, later).empty());
    }
}

TEST_CASE("an issued request takes another certificate in place of its own") {
    auto delivered = delivery();
    delivered.path.chain = {ca("Issuing CA")};
    const auto recorded = imported(delivered);

    auto other = delivered;
    other.certificate.pem = "OTHER\n";
    other.path.chain.clear();
    auto changes = import_certificate(recorded, other, later);
    REQUIRE(changes.requests.size() == 1);
    CHECK(changes.requests[0].after.state == RequestState::issued);
    CHECK(changes.requests[0].after.certificate->pem == "OTHER\n");
    CHECK(changes.requests[0].after.certificate->chain.empty());  // the chain was that of the certificate before
    CHECK(changes.requests[0].after.certificate->imported_at == later);

    auto other_chain = delivered;
    other_chain.path.chain = {ca("Cross CA")};
    changes = import_certificate(recorded, other_chain, later);
    REQUIRE(changes.requests.size() == 1);
    CHECK(changes.requests[0].after.certificate->chain == "Cross CA\n");

    auto allowed = delivered;
    allowed.allowed = {"contoso.com"};
    CHECK(import_certificate(recorded, allowed, later).requests.size() == 1);
}

TEST_CASE("what key was made on Windows in the end is recorded with its certificate") {
    auto delivered = delivery();
    delivered.certificate.key.kind = KeyKind{.bits = 4096};
    auto before = request(7, RequestState::pending);
    before.csr = "CSR\n";
    CHECK(import_certificate(before, delivered, at).requests.at(0).after.key == KeyKind{});
    before.csr.clear();
    CHECK(import_certificate(before, delivered, at).requests.at(0).after.key == KeyKind{.bits = 4096});
}

TEST_CASE("a request past issuing takes no other certificate") {
    auto other = delivery();
    other.certificate.pem = "OTHER\n";
    for (const auto state : {RequestState::assigned, RequestState::replaced, RequestState::cancelled}) {
        const auto error = caught([&] { (void)import_certificate(request(7, state), other, at); });
        check_conflict(error, name_of(state), "`xmppfed cert request --renew 7 --reuse-key`");
        auto on_windows = request(7, state);
        on_windows.key_file.clear();
        const auto other_error = caught([&] { (void)import_certificate(on_windows, other, at); });
        check_conflict(other_error, name_of(state), "`xmppfed cert request --renew 7 --format inf`");
    }
}

TEST_CASE("a request can be put to use once it has a certificate, and until it is cancelled") {
    check_conflict(caught([] { refuse_unissued(request(7, RequestState::pending)); }), "pending", "cert import");
    check_conflict(caught([] { refuse_unissued(request(7, RequestState::cancelled)); }), "cancelled", "cert request");
    for (const auto state : {RequestState::issued, RequestState::assigned, RequestState::replaced}) {
        CHECK_NOTHROW(refuse_unissued(request(7, state)));
        auto without = request(7, state);
        without.certificate.reset();
        check_conflict(caught([&] { refuse_unissued(without); }), name_of(state), "cert request");
    }
    auto cancelled = request(7, RequestState::issued);
    cancelled.state = RequestState::cancelled;
    check_conflict(caught([&] { refuse_unissued(cancelled); }), "cancelled", "cert request");
}

TEST_CASE("a request that is assigned replaces the one in use, which goes first") {
    std::vector<CertRequest> all;
    for (const auto state : all_states) {
        all.push_back(request(static_cast<std::int64_t>(all.size()) + 1, state));
    }
    const auto changes = assign_certificate(all[1], all, "/srv/edge/2", at);
    REQUIRE(changes.requests.size() == 2);
    CHECK(changes.requests[0].before == all[2]);
    auto replaced = all[2];
    replaced.state = RequestState::replaced;
    CHECK(changes.requests[0].after == replaced);
    CHECK(changes.requests[1].before == all[1]);
    auto assigned = all[1];
    assigned.state = RequestState::assigned;
    assigned.assigned_at = at;
    assigned.directory = "/srv/edge/2";
    CHECK(changes.requests[1].after == assigned);
}

TEST_CASE("a request that is in use or was may be assigned again") {
    const auto in_use = request(7, RequestState::assigned);
    const auto again = assign_certificate(in_use, {in_use}, "", later);
    REQUIRE(again.requests.size() == 1);  // it does not replace itself
    CHECK(again.requests[0].after.state == RequestState::assigned);
    CHECK(again.requests[0].after.assigned_at == later);

    const auto former = request(8, RequestState::replaced);
    const auto back = assign_certificate(former, {in_use, former}, "", later);
    REQUIRE(back.requests.size() == 2);
    CHECK(back.requests[0].after.number == 7);
    CHECK(back.requests[1].after.number == 8);

    const auto pending = request(7, RequestState::pending);
    check_conflict(caught([&] { (void)assign_certificate(pending, {pending}, "", at); }), "pending", "cert import");
}

TEST_CASE("only a pending request can be cancelled") {
    const auto pending = request(7, RequestState::pending);
    const auto changes = cancel_request(pending);
    REQUIRE(changes.requests.size() == 1);
    CHECK(changes.requests[0].before == pending);
    auto cancelled = pending;
    cancelled.state = RequestState::cancelled;
    CHECK(changes.requests[0].after == cancelled);
    for (const auto state :
         {RequestState::issued, RequestState::assigned, RequestState::replaced, RequestState::cancelled}) {
        check_conflict(caught([&] { (void)cancel_request(request(7, state)); }), name_of(state), "pending");
    }
}

TEST_CASE("a retired certificate is never imported for or assigned again") {
    const auto retired = request(7, RequestState::retired);
    const auto hint = "`xmppfed cert request --renew 7`";
    check_conflict(caught([&] { (void)import_certificate(retired, delivery(), at); }), "retired", hint);
    check_conflict(caught([&] { (void)assign_certificate(retired, {retired}, "", at); }), "retired", hint);
}

TEST_CASE("a certificate is in use until another is assigned, retired or not") {
    const auto assigned_at = [](std::int64_t number, RequestState state, std::string_view time) {
        auto result = request(number, state);
        result.assigned_at = time;
        return result;
    };
    std::vector<CertRequest> all{request(1, RequestState::issued), request(2, RequestState::retired)};
    CHECK(request_in_use(all) == nullptr);
    all.push_back(assigned_at(3, RequestState::retired, later));
    all.push_back(assigned_at(4, RequestState::retired, at));
    all.push_back(assigned_at(5, RequestState::replaced, "2026-03-22T09:00:00Z"));
    CHECK(request_in_use(all) == &all[2]);
    all.push_back(assigned_at(6, RequestState::assigned, at));
    CHECK(request_in_use(all) == &all[5]);
}

TEST_CASE("of two that were assigned in one second and retired, the later directory is in use") {
    const auto assigned_to = [](std::int64_t number, std::string directory) {
        auto result = request(number, RequestState::retired);
        result.assigned_at = at;
        result.directory = std::move(directory);
        return result;
    };
    const std::vector<CertRequest> all{assigned_to(1, "/srv/edge/10"), assigned_to(2, "/srv/edge/9")};
    CHECK(request_in_use(all) == &all[0]);
    const std::vector<CertRequest> other_order{assigned_to(1, "/srv/edge/9"), assigned_to(2, "/srv/edge/10")};
    CHECK(request_in_use(other_order) == &other_order[1]);
}

TEST_CASE("files that are where they were are no change") {
    const auto before = request(7, RequestState::assigned);
    CHECK(move_files(before, before).requests.empty());
    auto moved = before;
    moved.key_file = "/elsewhere/edge.key";
    const auto changes = move_files(before, moved);
    REQUIRE(changes.requests.size() == 1);
    CHECK(changes.requests[0].before == before);
    CHECK(changes.requests[0].after == moved);
}

TEST_CASE("a pending request is the twin of what asks for the same, whatever its number and time") {
    std::vector<CertRequest> all;
    for (const auto state : all_states) {
        all.push_back(request(static_cast<std::int64_t>(all.size()) + 1, state));
    }
    auto wanted = request(0, RequestState::pending);
    wanted.created_at = later;
    REQUIRE(pending_twin(all, wanted) != nullptr);
    CHECK(pending_twin(all, wanted)->state == RequestState::pending);
    CHECK(pending_twin(std::span{all}.subspan(1), wanted) == nullptr);
    wanted.names.push_back(dns("im.contoso.com"));
    CHECK(pending_twin(all, wanted) == nullptr);
}

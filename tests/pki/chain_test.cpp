#include "core/pki/chain.hpp"

#include <catch2/catch.hpp>

#include <functional>

#include "tests/core/caught.hpp"
#include "tests/pki/authority.hpp"

using namespace xmppfed::pki;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using xmppfed::core::caught;
using xmppfed::core::Certificate;
using xmppfed::core::ErrorKind;
using Certificates = std::vector<Certificate>;
using Names = std::vector<std::string>;

namespace {

const CertWish upper_wish{.name = "Upper CA", .is_ca = true};
const CertWish lower_wish{.name = "Lower CA", .is_ca = true};
const CertWish leaf_wish{.name = "sip.contoso.com"};

/// A root, two CAs below it, and a server.
struct Hierarchy {
    Holder root = self_signed({.name = "Root", .is_ca = true});
    Holder upper = issued_by(root, upper_wish);
    Holder lower = issued_by(upper, lower_wish);
    Holder leaf = issued_by(lower, leaf_wish);
};

const Hierarchy& usual() {
    static const Hierarchy made;
    return made;
}

Names chain_names(const Holder& leaf, const Certificates& pool) {
    Names names;
    for (const auto& certificate : chain_of(leaf.facts(), pool)) {
        names.push_back(certificate.subject.common_name);
    }
    return names;
}

std::string problem(const Holder& leaf, const Certificates& chain, const Certificates& anchors,
                    std::chrono::sys_seconds now = test_now) {
    return chain_problem(leaf.facts(), chain, anchors, now);
}

/// What is wrong with the way from a server over a CA that `wish` describes to the root.
std::string problem_over(const CertWish& wish, std::chrono::sys_seconds now = test_now) {
    const auto ca = issued_by(usual().root, wish);
    return problem(issued_by(ca, leaf_wish), {ca.facts()}, {usual().root.facts()}, now);
}

}  // namespace

TEST_CASE("a chain leads up from the leaf, whatever the order of the pool, and has no root") {
    const auto& [root, upper, lower, leaf] = usual();
    const auto other = self_signed({.name = "Other CA", .is_ca = true});
    const Names expected{"Lower CA", "Upper CA"};
    CHECK(chain_names(leaf, {lower.facts(), upper.facts(), root.facts()}) == expected);
    CHECK(chain_names(leaf, {root.facts(), other.facts(), upper.facts(), leaf.facts(), lower.facts()}) == expected);
    CHECK(chain_names(leaf, {upper.facts(), lower.facts(), lower.facts(), upper.facts()}) == expected);
    CHECK(chain_of(leaf.facts(), Certificates{lower.facts()}).front().pem == lower.pem());
}

TEST_CASE("a chain ends where the next issuer is not known") {
    const auto& [root, upper, lower, leaf] = usual();
    CHECK(chain_names(leaf, {}).empty());
    CHECK(chain_names(leaf, {leaf.facts()}).empty());
    CHECK(chain_names(leaf, {upper.facts(), root.facts()}).empty());
    CHECK(chain_names(leaf, {lower.facts(), root.facts()}) == Names{"Lower CA"});
}

TEST_CASE("a certificate that signs itself has no chain") {
    const auto alone = self_signed(leaf_wish);
    CHECK(chain_names(alone, {alone.facts(), usual().lower.facts()}).empty());
}

TEST_CASE("a CA of the same name that did not sign is no issuer") {
    const auto& [root, upper, lower, leaf] = usual();
    const auto stranger = issued_by(root, lower_wish);
    CHECK(chain_names(leaf, {stranger.facts(), root.facts()}).empty());
    const auto chain = chain_of(leaf.facts(), Certificates{stranger.facts(), lower.facts(), upper.facts()});
    REQUIRE(chain.size() == 2);
    CHECK(chain.front().pem == lower.pem());
}

TEST_CASE("CAs that certified each other are each there once") {
    const auto first = self_signed({.name = "First CA", .is_ca = true});
    const auto second = self_signed({.name = "Second CA", .is_ca = true});
    const auto leaf = issued_by(first, leaf_wish);
    const auto facts = [](const CertWish& wish, const KeyPair& key, const Holder& issuer) {
        return certificate_facts(certified(wish, key, issuer).get());
    };
    const auto first_by_second = facts({.name = "First CA", .is_ca = true}, first.key, second);
    const auto second_by_first = facts({.name = "Second CA", .is_ca = true}, second.key, first);
    CHECK(chain_names(leaf, {first_by_second, second_by_first}) == Names{"First CA", "Second CA"});
}

TEST_CASE("a whole chain to a root has no problem") {
    const auto& [root, upper, lower, leaf] = usual();
    CHECK(problem(leaf, {lower.facts(), upper.facts()}, {root.facts()}).empty());
    CHECK(problem(leaf, {upper.facts(), lower.facts()}, {root.facts()}).empty());
    const auto other = self_signed({.name = "Other CA", .is_ca = true});
    CHECK(problem(leaf, {lower.facts(), upper.facts()}, {other.facts(), root.facts()}).empty());
    CHECK(problem(self_signed(leaf_wish), {}, {root.facts()}).find("self-signed") == 0);
}

TEST_CASE("a chain that lacks a link does not reach the root") {
    const auto& [root, upper, lower, leaf] = usual();
    for (const auto& chain : {Certificates{}, Certificates{upper.facts()}}) {
        const auto text = problem(leaf, chain, {root.facts()});
        CHECK_THAT(text, Contains("unable to get local issuer certificate") && Contains("'/CN=sip.contoso.com'"));
    }
    CHECK_THAT(problem(leaf, {lower.facts()}, {root.facts()}),
               Contains("unable to get local issuer certificate") && Contains("'/CN=Lower CA'"));
    CHECK_THAT(problem(leaf, {lower.facts(), upper.facts()}, {}), Contains("unable to get local issuer certificate"));
}

TEST_CASE("a chain to a root that nobody trusts is none, also when it brings that root along") {
    const auto& [root, upper, lower, leaf] = usual();
    const auto namesake = self_signed({.name = "Root", .is_ca = true});
    CHECK_FALSE(problem(leaf, {lower.facts(), upper.facts()}, {namesake.facts()}).empty());
    const auto other = self_signed({.name = "Other CA", .is_ca = true});
    CHECK_THAT(problem(leaf, {lower.facts(), upper.facts(), root.facts()}, {other.facts()}), Contains("self-signed"));
}

TEST_CASE("a certificate that a stranger signed in the name of a CA is found") {
    const auto& [root, upper, lower, leaf] = usual();
    const auto stranger = self_signed({.name = "Lower CA", .is_ca = true});
    const auto forged = issued_by(stranger, leaf_wish);
    CHECK_THAT(problem(forged, {lower.facts(), upper.facts()}, {root.facts()}),
               Contains("signature failure") && Contains("'/CN=sip.contoso.com'"));
}

TEST_CASE("every link is valid at the time that is asked about") {
    const CertWish wish{.name = "Short CA", .is_ca = true, .from = test_now - 1h, .to = test_now + 1h};
    CHECK(problem_over(wish).empty());
    CHECK_THAT(problem_over(wish, test_now + 2h), Contains("has expired") && Contains("'/CN=Short CA'"));
    CHECK_THAT(problem_over(wish, test_now - 2h), Contains("not yet valid") && Contains("'/CN=Short CA'"));
    const auto& [root, upper, lower, leaf] = usual();
    CHECK_THAT(problem(leaf, {lower.facts(), upper.facts()}, {root.facts()}, test_now + std::chrono::days{100}),
               Contains("has expired") && !Contains("sip.contoso.com"));
}

TEST_CASE("the leaf's own dates, key and signature are left to the rules") {
    const auto& made = usual();
    const auto check_fine = [&](const CertWish& wish) {
        CAPTURE(wish.name);
        CHECK(problem(issued_by(made.lower, wish), {made.lower.facts(), made.upper.facts()}, {made.root.facts()})
                  .empty());
    };
    check_fine({.name = "expired", .to = test_now - 1h});
    check_fine({.name = "not yet", .from = test_now + 1h});
    check_fine({.name = "short key", .key = {.bits = 1024}});
    check_fine({.name = "weak signature", .digest = EVP_sha1()});
}

TEST_CASE("a link is a CA's, with a key and a signature that hold") {
    CHECK_THAT(problem_over({.name = "No CA"}), Contains("invalid CA certificate") && Contains("'/CN=No CA'"));
    CHECK_THAT(problem_over({.name = "Short", .is_ca = true, .key = {.bits = 1024}}), Contains("key too weak"));
    CHECK_THAT(problem_over({.name = "Weak", .is_ca = true, .digest = EVP_sha1()}), Contains("too weak"));
    const auto top = issued_by(usual().root,
                               {.name = "Last", .extensions = {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"}}});
    const auto below = issued_by(top, lower_wish);
    CHECK_THAT(problem(issued_by(below, leaf_wish), {below.facts(), top.facts()}, {usual().root.facts()}),
               Contains("path length"));
}

TEST_CASE("without a root among them, every anchor is trusted") {
    const auto& [root, upper, lower, leaf] = usual();
    CHECK(problem(leaf, {}, {lower.facts()}).empty());
    CHECK(problem(leaf, {lower.facts()}, {upper.facts()}).empty());
    CHECK_THAT(problem(leaf, {}, {upper.facts()}), Contains("unable to get local issuer certificate"));
    // Beside a root a CA that did not issue itself is none: it would hide that the chain is not whole.
    CHECK_THAT(problem(leaf, {}, {lower.facts(), root.facts()}), Contains("unable to get local issuer certificate"));
}

TEST_CASE("a name in a chain's problem is safe for a terminal") {
    const auto other = self_signed({.name = "Other CA", .is_ca = true});
    const auto text = problem(issued_by(other, {.name = "a\x1b[1m"}), {}, {usual().root.facts()});
    CHECK_THAT(text, Contains("unable to get local issuer certificate") && !Contains("\x1b"));
}

TEST_CASE("only a CA's certificate is trusted") {
    const auto leaf = usual().leaf.facts();
    CHECK_FALSE(problem(usual().leaf, {}, {leaf}).empty());
}

TEST_CASE("a text that is no certificate is a failure with its cause") {
    Certificate broken;
    broken.pem = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    broken.is_ca = true;
    const auto leaf = usual().leaf.facts();
    for (const auto& call : {std::function<void()>{[&] { (void)chain_of(broken, {}); }},
                             std::function<void()>{[&] { (void)chain_of(leaf, Certificates{broken}); }},
                             std::function<void()>{[&] { (void)problem(usual().leaf, {}, {broken}); }}}) {
        const auto error = caught(call);
        CHECK(error.kind == ErrorKind::failed);
        CHECK(error.message == "the chain of the certificate cannot be checked");
        CHECK_FALSE(error.cause.empty());
    }
}

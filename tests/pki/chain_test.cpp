#include "core/pki/chain.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
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
    for (const auto& certificate : best_path(leaf.facts(), pool, {}, test_now).chain) {
        names.push_back(certificate.subject.common_name);
    }
    return names;
}

std::string problem(const Holder& leaf, const Certificates& chain, const Certificates& anchors,
                    std::chrono::sys_seconds now = test_now) {
    return best_path(leaf.facts(), chain, anchors, now).problem;
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
    CHECK(best_path(leaf.facts(), Certificates{lower.facts()}, {}, test_now).chain.front().pem == lower.pem());
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
    const auto chain =
        best_path(leaf.facts(), Certificates{stranger.facts(), lower.facts(), upper.facts()}, {}, test_now).chain;
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

TEST_CASE("a CA that renewed its key is no root: the old key signed the new one") {
    const auto old_root =
        self_signed({.name = "Root", .is_ca = true, .extensions = {{NID_subject_key_identifier, "0304"}}});
    const auto new_key = KeyPair::generate(quick_key);
    auto renewed = certified({.name = "Root", .is_ca = true, .extensions = {{NID_subject_key_identifier, "0102"}}},
                             new_key, old_root);
    X509_add_ext(renewed.get(), octets_extension(NID_authority_key_identifier, "\x30\x04\x80\x02\x03\x04").get(), -1);
    X509_sign(renewed.get(), old_root.key.handle(), EVP_sha256());
    const auto link = certificate_facts(renewed.get());
    const auto leaf_key = KeyPair::generate(quick_key);
    auto server = certified(leaf_wish, leaf_key, X509_get_subject_name(old_root.certificate.get()), new_key);
    X509_add_ext(server.get(), octets_extension(NID_authority_key_identifier, "\x30\x04\x80\x02\x01\x02").get(), -1);
    X509_sign(server.get(), new_key.handle(), EVP_sha256());
    const auto leaf = certificate_facts(server.get());
    const auto path = best_path(leaf, Certificates{link}, Certificates{old_root.facts()}, test_now);
    CHECK(path.problem.empty());
    REQUIRE(path.chain.size() == 1);
    CHECK(path.chain.front().pem == link.pem);
    CHECK(path.has_root);
}

TEST_CASE("those above a certificate may issue for servers and for clients, or not") {
    const auto path_over = [](const std::string& purposes, const Certificates& anchors) {
        const auto ca =
            issued_by(usual().root, {.name = "CA", .is_ca = true, .extensions = {{NID_ext_key_usage, purposes}}});
        return best_path(issued_by(ca, leaf_wish).facts(), Certificates{ca.facts()}, anchors, test_now);
    };
    for (const auto& anchors : {Certificates{}, Certificates{usual().root.facts()}}) {
        CHECK(path_over("serverAuth,clientAuth", anchors).for_servers);
        CHECK(path_over("serverAuth,clientAuth", anchors).for_clients);
        CHECK(path_over("serverAuth", anchors).for_servers);
        CHECK_FALSE(path_over("serverAuth", anchors).for_clients);
        CHECK_FALSE(path_over("clientAuth", anchors).for_servers);
        CHECK(path_over("clientAuth", anchors).for_clients);
        CHECK_FALSE(path_over("anyExtendedKeyUsage", anchors).for_servers);
        CHECK(path_over("clientAuth", anchors).problem.empty());
    }
    const auto root = self_signed({.name = "Root", .is_ca = true, .extensions = {{NID_ext_key_usage, "clientAuth"}}});
    const auto below = best_path(issued_by(root, leaf_wish).facts(), {}, Certificates{root.facts()}, test_now);
    CHECK_FALSE(below.for_servers);
    CHECK(below.for_clients);
}

namespace {

/// A certificate whose issuing CA is there four times: certified by a root, by that root and expired, by another root,
/// and by a CA that the other root certified in turn. With both roots that makes six.
struct CrossSigned {
    Holder root = self_signed({.name = "Root", .is_ca = true});
    Holder other_root = self_signed({.name = "Other Root", .is_ca = true});
    Holder other_ca = issued_by(other_root, {.name = "Other CA", .is_ca = true});
    Holder by_root = issued_by(root, lower_wish);
    Holder leaf = issued_by(by_root, leaf_wish);

    [[nodiscard]] Certificate lower_by(const Holder& issuer, CertWish wish = lower_wish) const {
        return certificate_facts(certified(wish, by_root.key, issuer).get());
    }
};

}  // namespace

TEST_CASE("six certificates in every order give one path, the best") {
    const CrossSigned made;
    auto expired_wish = lower_wish;
    expired_wish.to = test_now - 1h;
    expired_wish.from = test_now - 2h;
    const Certificates pool{made.by_root.facts(),
                            made.lower_by(made.root, expired_wish),
                            made.lower_by(made.other_ca),
                            made.other_ca.facts(),
                            made.root.facts(),
                            made.other_root.facts()};
    const auto chain_to = [&](const Certificates& given, const Certificates& anchors) {
        const auto path = best_path(made.leaf.facts(), given, anchors, test_now);
        CHECK(path.problem.empty());
        CHECK(path.has_root);
        std::string chain;
        for (const auto& certificate : path.chain) {
            chain += certificate.pem;
        }
        return chain;
    };
    const std::vector<std::size_t> in_order{0, 1, 2, 3, 4, 5};
    auto order = in_order;
    std::size_t count = 0;
    do {
        Certificates given;
        for (const auto at : order) {
            given.push_back(pool[at]);
        }
        CHECK(chain_to(given, {}) == pool[0].pem);
        if (++count % 16 == 0) {  // a verification each: a spread of them
            CHECK(chain_to(given, {made.root.facts()}) == pool[0].pem);
            CHECK(chain_to(given, {made.other_root.facts()}) == pool[2].pem + pool[3].pem);
        }
    } while (std::ranges::next_permutation(order).found);
    CHECK(count == 720);
}

TEST_CASE("a way to a root within its dates goes before one that lasts longer") {
    const auto root = self_signed({.name = "Root", .is_ca = true});
    const auto old_root = self_signed({.name = "Old Root", .is_ca = true, .to = test_now - 1h});
    const auto lower = issued_by(root, lower_wish);
    auto longer_wish = lower_wish;
    longer_wish.to = lower_wish.to + std::chrono::days{100};
    const auto longer = certificate_facts(certified(longer_wish, lower.key, old_root).get());
    const auto leaf = issued_by(lower, leaf_wish).facts();
    const auto chosen = [&](const Certificates& pool) { return best_path(leaf, pool, {}, test_now).chain.at(0).pem; };
    CHECK(chosen({longer, lower.facts(), old_root.facts(), root.facts()}) == lower.pem());
    CHECK(chosen({longer, lower.facts(), root.facts()}) == lower.pem());
    CHECK(chosen({longer, lower.facts(), old_root.facts()}) == longer.pem);
    const auto new_root = self_signed({.name = "New Root", .is_ca = true, .from = test_now + 1h});
    const auto early = certificate_facts(certified(longer_wish, lower.key, new_root).get());
    CHECK(chosen({early, lower.facts(), new_root.facts(), root.facts()}) == lower.pem());
}

TEST_CASE("an expired way is taken when there is no other") {
    const CrossSigned made;
    auto expired_wish = lower_wish;
    expired_wish.to = test_now - 1h;
    const auto expired = made.lower_by(made.root, expired_wish);
    const auto path = best_path(made.leaf.facts(), Certificates{expired}, Certificates{made.root.facts()}, test_now);
    REQUIRE(path.chain.size() == 1);
    CHECK(path.chain.front().pem == expired.pem);
    CHECK(path.problem.empty());
}

TEST_CASE("a thousand namesakes end the search, and not the time") {
    const auto& [root, upper, lower, leaf] = usual();
    Certificates pool{lower.facts()};
    const auto key = KeyPair::generate(quick_key);
    for (int i = 0; i < 1000; ++i) {
        auto namesake = pool.front();
        namesake.fingerprint = std::to_string(i);
        pool.push_back(namesake);
    }
    CHECK(best_path(leaf.facts(), pool, {}, test_now).chain.front().pem == lower.pem());
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
}

TEST_CASE("a chain to a root that nobody trusts is none, also when it brings that root along") {
    const auto& [root, upper, lower, leaf] = usual();
    const auto namesake = self_signed({.name = "Root", .is_ca = true});
    CHECK_FALSE(problem(leaf, {lower.facts(), upper.facts()}, {namesake.facts()}).empty());
    const auto other = self_signed({.name = "Other CA", .is_ca = true});
    CHECK_THAT(problem(leaf, {lower.facts(), upper.facts(), root.facts()}, {other.facts()}),
               Contains("unable to get local issuer certificate") && Contains("'/CN=Upper CA'"));
}

TEST_CASE("of trusted CAs of one name the one counts that signed, in whatever order they come") {
    const auto& [root, upper, lower, leaf] = usual();
    const auto namesake = self_signed({.name = "Root", .is_ca = true});
    const Certificates links{lower.facts(), upper.facts()};
    CHECK(problem(leaf, links, {root.facts(), namesake.facts()}).empty());
    CHECK(problem(leaf, links, {namesake.facts(), root.facts()}).empty());
    const auto direct = issued_by(root, leaf_wish);
    CHECK(problem(direct, {}, {root.facts(), namesake.facts()}).empty());
    CHECK(problem(direct, {}, {namesake.facts(), root.facts()}).empty());
    CHECK_THAT(problem(leaf, links, {namesake.facts()}),
               Contains("issuer's name did not sign it") && Contains("'/CN=Upper CA'"));
    CHECK_THAT(problem(leaf, links, {root.facts(), namesake.facts()}, test_now + std::chrono::days{100}),
               Contains("has expired") && Contains("'/CN=Root'"));
}

TEST_CASE("a certificate that a stranger signed in the name of a CA is found") {
    const auto& [root, upper, lower, leaf] = usual();
    const auto stranger = self_signed({.name = "Lower CA", .is_ca = true});
    const auto forged = issued_by(stranger, leaf_wish);
    CHECK_THAT(problem(forged, {lower.facts(), upper.facts()}, {root.facts()}),
               Contains("unable to get local issuer certificate") && Contains("'/CN=sip.contoso.com'"));
}

TEST_CASE("the dates of links are left to the rules, those of a trusted root are not") {
    const CertWish wish{.name = "Short CA", .is_ca = true, .from = test_now - 1h, .to = test_now + 1h};
    for (const auto now : {test_now, test_now + 2h, test_now - 2h}) {
        CHECK(problem_over(wish, now).empty());
    }
    const auto& [root, upper, lower, leaf] = usual();
    CHECK_THAT(problem(leaf, {lower.facts(), upper.facts()}, {root.facts()}, test_now + std::chrono::days{100}),
               Contains("has expired") && Contains("'/CN=Root'"));
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

TEST_CASE("a key that OpenSSL does not know is left to the rules, and what is above it is not") {
    const auto& [root, upper, lower, leaf] = usual();
    const auto problem_of = [](const Holder& issuer, const Certificates& links, const Certificates& anchors) {
        const auto read = certificate_facts(certified_unknown_key(leaf_wish, issuer, post_quantum).get());
        return best_path(read, links, anchors, test_now).problem;
    };
    const Certificates links{lower.facts(), upper.facts()};
    CHECK(problem_of(lower, links, {root.facts()}).empty());
    CHECK(problem_of(lower, links, {}).empty());
    CHECK(problem_of(root, {}, {root.facts()}).empty());
    const auto other = self_signed({.name = "Other CA", .is_ca = true});
    CHECK_THAT(problem_of(lower, {lower.facts()}, {root.facts()}), Contains("'/CN=Lower CA'"));
    CHECK_THAT(problem_of(root, {}, {other.facts()}), Contains("'/CN=sip.contoso.com'"));
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
    broken.subject_hash = usual().leaf.facts().issuer_hash;
    const auto leaf = usual().leaf.facts();
    for (const auto& call : {std::function<void()>{[&] { (void)best_path(broken, {}, Certificates{leaf}, test_now); }},
                             std::function<void()>{[&] { (void)best_path(leaf, Certificates{broken}, {}, test_now); }},
                             std::function<void()>{[&] { (void)problem(usual().leaf, {}, {broken}); }}}) {
        const auto error = caught(call);
        CHECK(error.kind == ErrorKind::failed);
        CHECK(error.message == "the chain of the certificate cannot be checked");
        CHECK_FALSE(error.cause.empty());
    }
}

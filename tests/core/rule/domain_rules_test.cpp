#include <catch2/catch.hpp>

#include <algorithm>

#include "core/text/domain/domain_name.hpp"
#include "tests/core/rule_scene.hpp"

namespace xmppfed::core {

namespace {

using Expected = std::vector<std::string>;

/// The diagnostics of a rule as "field: message".
Expected shown(std::string_view rule, const Diagnostics& diagnostics) {
    Expected lines;
    for (const auto& diagnostic : only(rule, diagnostics)) {
        lines.push_back(diagnostic.field + ": " + diagnostic.message);
    }
    return lines;
}

Diagnostics on_domains(std::string primary, std::vector<std::string> additional) {
    return diagnostics_after([&](Scene& scene) {
        scene.partner.primary_domain = std::move(primary);
        scene.partner.additional_domains = std::move(additional);
    });
}

Diagnostics with_claim(const Claim& claim) {
    return only("domain-claimed", diagnostics_after([&](Scene& scene) { scene.claims = {claim}; }));
}

}  // namespace

TEST_CASE("every domain of a partner must be valid") {
    const auto diagnostics = diagnostics_after([](Scene& scene) {
        scene.partner.primary_domain = "192.0.2.1";
        scene.partner.additional_domains = {"", "corp.fabrikam.com", "u@a.com"};
        scene.partner.proxy_fqdn = "*.fabrikam.com";
    });
    CHECK(shown("domain-invalid", diagnostics) ==
          Expected{"primary_domain: primary domain '192.0.2.1' is an IP address; a domain name is needed",
                   "additional_domains: additional domain '' is empty",
                   "additional_domains: additional domain 'u@a.com' is a JID; give the part between '@' and '/'",
                   "proxy_fqdn: proxy FQDN '*.fabrikam.com' contains a wildcard; name each domain"});
    CHECK(diagnostics_after([](Scene& scene) { scene.partner.proxy_fqdn = "proxy.fabrikam.com"; }).empty());
}

TEST_CASE("an additional domain repeats neither another one nor the primary domain") {
    CHECK(shown("domain-duplicate", on_domains("b.com", {"a.b.com", "a.b.com", "a.b.com", "b.com", "c.b.com"})) ==
          Expected{"additional_domains: additional domain 'a.b.com' is named more than once",
                   "additional_domains: additional domain 'a.b.com' is named more than once",
                   "additional_domains: additional domain 'b.com' is the primary domain"});
    CHECK(shown("domain-duplicate", on_domains("b.com", {"a_b", "a_b"})).size() == 1);
}

TEST_CASE("a rival that is only wanted is nobody's to edit") {
    const auto wanted = with_claim({"fabrikam.com", "contoso.com", /*is_wish=*/true});
    REQUIRE(wanted.size() == 1);
    CHECK(wanted.front().hint == "a domain belongs to one partner: name it in one only");
}

TEST_CASE("a claimed domain names its holder and how to release it") {
    const auto primary = with_claim({"fabrikam.com", "contoso.com"});
    REQUIRE(primary.size() == 1);
    CHECK(primary.front().field == "primary_domain");
    CHECK(primary.front().message == "primary domain 'fabrikam.com' is claimed by the partner 'contoso.com'");
    CHECK(primary.front().hint == "release it with `xmppfed partner edit contoso.com --remove-domain fabrikam.com`");

    const auto additional = with_claim({"it.fabrikam.com", "it.fabrikam.com"});
    REQUIRE(additional.size() == 1);
    CHECK(additional.front().field == "additional_domains");
    CHECK(additional.front().message ==
          "additional domain 'it.fabrikam.com' is claimed by the partner 'it.fabrikam.com'");
    CHECK(additional.front().hint ==
          "look at it with `xmppfed partner show it.fabrikam.com`; `partner edit` changes it");
}

TEST_CASE("valid additional domains that are not below the primary domain are pointed out") {
    CHECK(shown("domain-outside-primary",
                on_domains("fabrikam.com", {"a.fabrikam.com", "com", "fabrikam.com", "fabrikam.org", "x_y"})) ==
          Expected{"additional_domains: additional domain 'com' is not below the primary domain 'fabrikam.com'",
                   "additional_domains: additional domain 'fabrikam.org' is not below the primary domain "
                   "'fabrikam.com'"});
}

TEST_CASE("nothing is outside a primary domain that is none") {
    CHECK(shown("domain-outside-primary", on_domains("x_y", {"fabrikam.org"})).empty());
}

TEST_CASE("a single label is pointed out where it is valid") {
    CHECK(shown("domain-single-label", on_domains("fabrikam", {"a_b", "corp", "it.fabrikam"})) ==
          Expected{"primary_domain: primary domain 'fabrikam' has no dot: it is not an internet domain",
                   "additional_domains: additional domain 'corp' has no dot: it is not an internet domain"});
}

TEST_CASE("public suffixes of the ICANN section are pointed out") {
    const std::vector<std::pair<std::string, bool>> table{
        {"com", true},
        {"co.uk", true},
        {"公司.cn", true},
        {"中国", true},
        {"any.ck", true},
        {"www.ck", false},     // a wildcard rule and its exception
        {"localhost", false},  // only by the default rule
        {"github.io", false},  // of the private section
        {"fabrikam.com", false},
        {"a_b.ck", false},
        {std::string(63, 'a') + "." + std::string(63, 'b') + ".co.uk", false},
    };
    for (const auto& [domain, expected] : table) {
        CAPTURE(domain);
        const auto canonical = canonical_domain(domain);
        const auto diagnostics = on_domains(canonical.valid() ? canonical.name : domain, {});
        CHECK(only("domain-public-suffix", diagnostics).empty() != expected);
    }
    CHECK(shown("domain-public-suffix", on_domains("fabrikam.com", {"co.uk"})) ==
          Expected{"additional_domains: additional domain 'co.uk' is a public suffix: anybody may register below it"});
}

TEST_CASE("labels that mix scripts are pointed out one by one") {
    const auto twice = canonical_domain("f\u0430brikam.c\u043em").name;
    CHECK(shown("domain-mixed-script", on_domains("fabrikam.com", {twice})) ==
          Expected{"additional_domains: additional domain '" + twice +
                       "' mixes scripts in the label 'f\u0430brikam': it may imitate another domain",
                   "additional_domains: additional domain '" + twice +
                       "' mixes scripts in the label 'c\u043em': it may imitate another domain"});
    // Labels of different scripts are no mixture, and what is invalid is the business of another rule.
    CHECK(shown("domain-mixed-script", on_domains(canonical_domain("почта.fabrikam.com").name, {})).empty());
    CHECK(shown("domain-mixed-script", on_domains("f\u0430brikam_.com", {})).empty());
}

TEST_CASE("our own domains are pointed out") {
    const auto diagnostics = diagnostics_after([](Scene& scene) {
        scene.own_domains = {"contoso.com", "fabrikam.com", "it.fabrikam.com"};
    });
    CHECK(shown("domain-own", diagnostics) ==
          Expected{"primary_domain: domain 'fabrikam.com' is one of our own domains",
                   "additional_domains: domain 'it.fabrikam.com' is one of our own domains"});
}

}  // namespace xmppfed::core

#include "core/rule/rules.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <type_traits>

#include "core/text/domain/domain_name.hpp"
#include "tests/core/rule_scene.hpp"

namespace xmppfed::core {

namespace {

struct RuleCase {
    std::string_view rule;
    Severity severity;
    std::string_view field;
    Diagnostics broken;     ///< diagnostics on something that breaks this rule alone
    Diagnostics near_miss;  ///< diagnostics on the nearest thing that does not
};

Diagnostics on_primary(std::string domain) {
    return diagnostics_after([&](Scene& scene) {
        scene.partner.primary_domain = std::move(domain);
        scene.partner.additional_domains.clear();
    });
}

Diagnostics on_additional(std::vector<std::string> domains) {
    return diagnostics_after([&](Scene& scene) { scene.partner.additional_domains = std::move(domains); });
}

/// A text that a template can take.
template <std::size_t size>
struct Letters {
    constexpr Letters(const char (&text)[size]) { std::ranges::copy(text, letters.begin()); }
    std::array<char, size> letters{};
};

template <Letters id>
concept IdOfARule = requires {
    typename std::bool_constant<rule::row(id.letters.data()).id.empty()>;
};

static_assert(IdOfARule<"domain-own">);
static_assert(!IdOfARule<"domain-owns">, "a mistyped id must not compile");
static_assert(!IdOfARule<"">);

std::vector<RuleCase> rule_cases() {
    using enum Severity;
    using enum Level;
    const auto claimed = [](std::vector<Claim> claims) {
        return diagnostics_after([&](Scene& scene) { scene.claims = std::move(claims); });
    };
    const auto owned = [](std::vector<std::string> domains) {
        return diagnostics_after([&](Scene& scene) { scene.own_domains = std::move(domains); });
    };
    const auto described = [](std::size_t length) {
        return diagnostics_after([&](Scene& scene) { scene.partner.description = std::string(length, 'x'); });
    };
    const auto limited = [](std::int64_t limit) {
        return diagnostics_after([&](Scene& scene) { scene.partner.connection_limit = limit; });
    };
    const auto mixed = canonical_domain("f\u0430brikam.com").name;
    const auto cyrillic = canonical_domain("фабрикам.com").name;
    return {
        {"domain-invalid", error, "primary_domain", on_primary("a_b.com"), on_primary("a-b.com")},
        {"domain-duplicate", error, "additional_domains", on_additional({"a.fabrikam.com", "a.fabrikam.com"}),
         on_additional({"a.fabrikam.com", "b.fabrikam.com"})},
        {"domain-claimed", error, "additional_domains", claimed({{"it.fabrikam.com", "contoso.com"}}), claimed({})},
        {"sasl-requires-tls", error, "sasl", diagnostics_on({not_supported, optional, true}),
         diagnostics_on({optional, optional, true})},
        {"no-authentication-method", error, "sasl", diagnostics_on({required, not_supported, false}),
         diagnostics_on({required, not_supported, true})},
        {"no-common-method", error, "", check_common_methods({}), check_common_methods({Method::tcp_dialback})},
        {"description-invalid", error, "description", described(1025), described(1024)},
        {"value-out-of-range", error, "connection_limit", limited(4294967296), limited(4294967295)},
        {"dialback-unused", warning, "dialback", diagnostics_on({required, required, true}),
         diagnostics_on({required, optional, true})},
        {"sasl-with-optional-tls", warning, "tls", diagnostics_on({optional, optional, true}),
         diagnostics_on({optional, not_supported, true})},
        {"domain-outside-primary", warning, "additional_domains", on_additional({"xfabrikam.com"}),
         on_additional({"x.fabrikam.com"})},
        {"domain-single-label", warning, "primary_domain", on_primary("fabrikam"), on_primary("fabrikam.com")},
        {"domain-public-suffix", warning, "primary_domain", on_primary("co.uk"), on_primary("fabrikam.co.uk")},
        {"domain-mixed-script", warning, "primary_domain", on_primary(mixed), on_primary(cyrillic)},
        {"domain-own", warning, "primary_domain", owned({"fabrikam.com"}), owned({"contoso.com"})},
        {"trust-exceeds-authentication", warning, "type",
         diagnostics_on({optional, not_supported, true}, PartnerType::federated),
         diagnostics_on({required, not_supported, true}, PartnerType::federated)},
        {"type-not-recommended", info, "type", diagnostics_on({}, PartnerType::public_verified),
         diagnostics_on({}, PartnerType::federated)},
        {"tcp-dialback-only", info, "tls", diagnostics_on({not_supported, not_supported, true}),
         diagnostics_on({optional, not_supported, true})},
    };
}

}  // namespace

TEST_CASE("each rule finds what breaks it and leaves the nearest thing alone") {
    for (const auto& row : rule_cases()) {
        CAPTURE(row.rule);
        REQUIRE(ids_of(row.broken) == std::vector{row.rule});
        const auto& diagnostic = row.broken.front();
        CHECK(diagnostic.severity == row.severity);
        CHECK(diagnostic.field == row.field);
        CHECK_FALSE(diagnostic.message.empty());
        CHECK_FALSE(diagnostic.message.ends_with('.'));
        CHECK(only(row.rule, row.near_miss).empty());
    }
}

TEST_CASE("each rule on partners has a case and they stand in the order of the table") {
    std::vector<std::string_view> tested;
    for (const auto& row : rule_cases()) {
        tested.push_back(row.rule);
    }
    std::vector<std::string_view> on_partners;
    for (const auto& row : rule::table) {
        if (row.check != nullptr || row.id == "no-common-method") {
            on_partners.push_back(row.id);
        }
    }
    CHECK(tested == on_partners);
}

TEST_CASE("rules have ids of their own and tell their occasion") {
    std::set<std::string_view> ids;
    for (const auto& row : rule::table) {
        CHECK(ids.insert(row.id).second);
        CHECK_FALSE(row.when.empty());
    }
}

TEST_CASE("a partner that breaks no rule has no findings") {
    CHECK(diagnostics_after([](Scene&) {}).empty());
}

TEST_CASE("findings come in the table's order, each with the partner's name") {
    const auto diagnostics = diagnostics_after([](Scene& scene) {
        auto& partner = scene.partner;
        partner.primary_domain = "fabrikam";
        partner.additional_domains = {"a_b", "co.uk", "fabrikam", "xn--fbrikam-2fg.com"};
        partner.type = PartnerType::public_verified;
        partner.negotiation = {Level::not_supported, Level::required, true};
        partner.description = "\x1b";
        partner.connection_limit = 0;
        scene.claims = {{"fabrikam", "contoso.com"}};
        scene.own_domains = {"co.uk"};
    });
    std::vector<std::string_view> expected{"domain-invalid",
                                           "domain-duplicate",
                                           "domain-claimed",
                                           "sasl-requires-tls",
                                           "description-invalid",
                                           "value-out-of-range",
                                           "domain-outside-primary",
                                           "domain-outside-primary",
                                           "domain-single-label",
                                           "domain-single-label",
                                           "domain-public-suffix",
                                           "domain-mixed-script",
                                           "domain-own",
                                           "trust-exceeds-authentication",
                                           "type-not-recommended"};
    CHECK(ids_of(diagnostics) == expected);
    CHECK(std::ranges::all_of(diagnostics,
                              [](const Diagnostic& diagnostic) { return diagnostic.partner == "fabrikam"; }));
}

TEST_CASE("warnings are left out for whom errors alone matter") {
    Scene scene;
    scene.partner.primary_domain = "a_b";
    scene.partner.additional_domains = {"co.uk"};
    const RuleInput input{.partner = scene.partner, .claims = {}, .own_domains = {}};
    CHECK(ids_of(check(input)) == std::vector<std::string_view>{"domain-invalid", "domain-public-suffix"});
    CHECK(ids_of(check(input, Severity::error)) == std::vector<std::string_view>{"domain-invalid"});
}

TEST_CASE("a warning that the partner has accepted is an info, and nothing else is") {
    Partner partner;
    partner.primary_domain = "intranet";
    partner.negotiation = {Level::required, Level::required, true};
    const auto before = check({.partner = partner});
    CHECK(count(before, Severity::warning) == 2);
    partner.accepted_warnings = {"domain-single-label", "domain-own"};
    const auto after = check({.partner = partner});
    REQUIRE(after.size() == before.size());
    CHECK(count_accepted(after) == 1);
    for (const auto& found : after) {
        const bool is_accepted = found.rule_id() == "domain-single-label";
        CHECK(found.is_accepted == is_accepted);
        CHECK(found.severity == (is_accepted ? Severity::info : Severity::warning));
        CHECK(to_json(found).contains("accepted") == is_accepted);
    }
    Diagnostics of_another{make_diagnostic(rule::domain_own, "sip_domains", "message")};
    of_another.front().partner = "elsewhere";
    mark_accepted(of_another, partner);
    CHECK(of_another.front().severity == Severity::warning);
}

TEST_CASE("a domain named on a command line is judged by the domain rule") {
    CHECK(check_domain_argument("bücher.example").empty());
    const auto diagnostics = check_domain_argument("a b\x1b");
    REQUIRE(ids_of(diagnostics) == std::vector<std::string_view>{"domain-invalid"});
    CHECK(diagnostics.front().severity == Severity::error);
    CHECK(diagnostics.front().message == "domain 'a b\\x1b' contains the control character U+001B");
    CHECK(diagnostics.front().hint == "give a domain name such as fabrikam.com");
}

TEST_CASE("the rules on single domains go for domains of ours too") {
    const std::vector<NamedDomain> domains{{"a_b", "access_edge", "Access Edge FQDN"},
                                           {"fabrikam.com", "sip_domains", "SIP domain"},
                                           {"co.uk", "sip_domains", "SIP domain"},
                                           {"contoso", "xmpp_domains", "XMPP domain"},
                                           {"xn--fbrikam-2fg.com", "xmpp_domains", "XMPP domain"}};
    const auto diagnostics = check_domains(domains);
    REQUIRE(ids_of(diagnostics) == std::vector<std::string_view>{"domain-invalid", "domain-single-label",
                                                                 "domain-public-suffix", "domain-mixed-script"});
    std::vector<std::string> fields;
    for (const auto& diagnostic : diagnostics) {
        CHECK(diagnostic.partner.empty());
        CHECK(diagnostic.severity == diagnostic.rule->severity);
        fields.push_back(diagnostic.field);
    }
    CHECK(fields == std::vector<std::string>{"access_edge", "xmpp_domains", "sip_domains", "xmpp_domains"});
    CHECK(diagnostics.front().message.starts_with("Access Edge FQDN 'a_b' contains '_'"));
}

TEST_CASE("a finding of a rule that is evaluated elsewhere has the severity of the table") {
    const auto diagnostic = make_diagnostic(rule::domain_own, "sip_domains", "message", "hint");
    CHECK(diagnostic.rule_id() == "domain-own");
    CHECK(diagnostic.severity == Severity::warning);
    CHECK(diagnostic.field == "sip_domains");
    CHECK(diagnostic.message == "message");
    CHECK(diagnostic.hint == "hint");
}

TEST_CASE("a missing common method says what to compare") {
    const auto diagnostics = check_common_methods({});
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().message == "the two sides offer no method in common: no stream can be authenticated");
    CHECK_FALSE(diagnostics.front().hint.empty());
}

}  // namespace xmppfed::core

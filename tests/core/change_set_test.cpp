#include "core/change_set.hpp"

#include <catch2/catch.hpp>

#include "tests/core/rule_scene.hpp"

namespace xmppfed::core {

namespace {

using Ids = std::vector<std::string_view>;
constexpr std::string_view now = "2026-03-15T09:30:00Z";

Partner fabrikam() {
    Partner partner;
    partner.primary_domain = "fabrikam.com";
    return partner;
}

const CommittedPartner stored = committed(fabrikam(), std::nullopt, "2026-01-01T00:00:00Z");

}  // namespace

TEST_CASE("a partner's own claims are no obstacle and those of others are") {
    const Surroundings claimed{.claims = {{"fabrikam.com", "fabrikam.com"}}, .own_domains = {}};
    CHECK(judge(fabrikam(), claimed, "fabrikam.com").empty());
    CHECK(ids_of(judge(fabrikam(), claimed, "")) == Ids{"domain-claimed"});
    CHECK(ids_of(judge(fabrikam(), claimed, "contoso.com")) == Ids{"domain-claimed"});
}

TEST_CASE("a partner is judged beside our own domains") {
    CHECK(ids_of(judge(fabrikam(), {.claims = {}, .own_domains = {"fabrikam.com"}}, "")) == Ids{"domain-own"});
}

TEST_CASE("a new partner is a transition from nothing") {
    const auto changes = decide({fabrikam(), {"note"}}, std::nullopt, {}, now);
    REQUIRE(changes.partners.size() == 1);
    CHECK_FALSE(changes.partners.front().before);
    CHECK(changes.partners.front().after == committed(fabrikam(), std::nullopt, now));
    CHECK(changes.notes == std::vector<std::string>{"note"});
    CHECK(changes.diagnostics.empty());
}

TEST_CASE("the edge that stays as it is is no transition, and another one is") {
    Edge before;
    before.access_edge = "sip.contoso.com";
    auto after = before;
    CHECK_FALSE(decide(ChangedEdge{.edge = after, .notes = {"note"}}, before, {}).edge);
    after.city = "Redmond";
    const auto changes = decide(ChangedEdge{.edge = after, .notes = {"note"}}, before, {});
    REQUIRE(changes.edge);
    CHECK(changes.edge->before == before);
    CHECK(changes.edge->after == after);
    CHECK(changes.notes == std::vector<std::string>{"note"});
}

TEST_CASE("the gateway that stays as it is is no transition, another one is, and it is judged") {
    const Gateway before{.keepalive_interval = 7};
    CHECK(decide(before, before).empty());
    const Gateway after{.inactivity_timeout = 0};
    const auto changes = decide(after, before);
    REQUIRE(changes.gateway);
    CHECK_FALSE(changes.empty());
    CHECK(changes.gateway->before == before);
    CHECK(changes.gateway->after == after);
    CHECK(ids_of(changes.diagnostics) == Ids{"value-out-of-range"});
    const auto entries = history_of(changes, {.at = std::string{now}, .actor = "ann", .message = "why"});
    REQUIRE(entries.size() == 1);
    CHECK(entries.front().action == "gateway.update");
}

TEST_CASE("an edit is a transition from what was stored") {
    auto edited = fabrikam();
    edited.enabled = false;
    const auto changes =
        decide({edited, {}}, stored, {.claims = {{"fabrikam.com", "fabrikam.com"}}, .own_domains = {}}, now);
    REQUIRE(changes.partners.size() == 1);
    CHECK(changes.partners.front().before == stored);
    CHECK(changes.partners.front().after->revision == 2);
    CHECK_FALSE(changes.partners.front().after->enabled);
    CHECK(changes.diagnostics.empty());
}

TEST_CASE("an edit that changes nothing is no transition and is judged all the same") {
    const auto changes = decide({fabrikam(), {}}, stored, {.claims = {}, .own_domains = {"fabrikam.com"}}, now);
    CHECK(changes.partners.empty());
    CHECK(ids_of(changes.diagnostics) == Ids{"domain-own"});
}

TEST_CASE("a rename keeps its own claims") {
    auto renamed = fabrikam();
    renamed.primary_domain = "new.com";
    renamed.additional_domains = {"fabrikam.com"};
    const Surroundings surroundings{.claims = {{"fabrikam.com", "fabrikam.com"}, {"new.com", "fabrikam.com"}},
                                    .own_domains = {}};
    CHECK(only("domain-claimed", decide({renamed, {}}, stored, surroundings, now).diagnostics).empty());
}

TEST_CASE("a change set is empty until something changes") {
    CHECK(ChangeSet{}.empty());
    ChangeSet partner, edge, request;
    partner.partners.emplace_back();
    edge.edge.emplace();
    request.requests.emplace_back();
    CHECK_FALSE(partner.empty());
    CHECK_FALSE(edge.empty());
    CHECK_FALSE(request.empty());
}

TEST_CASE("each transition has its history entry") {
    const Commit commit{.at = std::string{now}, .actor = "admin", .message = "why"};
    ChangeSet changes;
    changes.partners = {{std::nullopt, stored}, {stored, stored}, {stored, std::nullopt}};
    changes.edge.emplace();
    changes.requests.emplace_back();
    std::vector<std::string> actions;
    for (const auto& entry : history_of(changes, commit)) {
        actions.push_back(entry.action);
        CHECK(entry.at == now);
    }
    CHECK(actions == std::vector<std::string>{"partner.create", "partner.update", "partner.remove", "edge.update",
                                              "cert.request"});
    CHECK(history_of({}, commit).empty());
}

}  // namespace xmppfed::core

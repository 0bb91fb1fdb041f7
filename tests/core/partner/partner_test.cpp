#include "core/partner/partner.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace xmppfed::core;

TEST_CASE("a new partner has the least trust and the strictest negotiation") {
    CommittedPartner partner;
    partner.primary_domain = "fabrikam.com";
    partner.revision = 1;
    CHECK(to_text(to_json(partner), JsonLayout::compact) ==
          R"({"primary_domain":"fabrikam.com","description":"","additional_domains":[],"type":"public-unverified",)"
          R"("tls":"required","sasl":"required","dialback":false,"proxy_fqdn":null,"connection_limit":null,)"
          R"("keepalive":true,"accepted_warnings":[],"enabled":true,"revision":1,"created_at":"","updated_at":""})");
}

TEST_CASE("commands print the methods beside the stored fields") {
    CommittedPartner partner;
    partner.negotiation = settings_of(Preset::flexible);
    auto json = to_json_with_methods(partner);
    CHECK(json["methods"] == Json::array({"sasl-over-tls", "tls-dialback"}));
    json.erase("methods");
    CHECK(json == to_json(partner));
    CHECK(to_json(std::vector<Method>{}) == Json::array());
}

TEST_CASE("a partner claims its primary and its additional domains") {
    Partner partner;
    partner.primary_domain = "b.com";
    CHECK(claimed_domains(partner) == std::vector<std::string>{"b.com"});
    partner.additional_domains = {"a.com", "c.com"};
    CHECK(claimed_domains(partner) == std::vector<std::string>{"b.com", "a.com", "c.com"});
}

TEST_CASE("a commit counts revisions and keeps the time of creation") {
    Partner partner;
    partner.primary_domain = "fabrikam.com";
    const auto first = committed(partner, std::nullopt, "2026-01-01T00:00:00Z");
    CHECK(static_cast<const Partner&>(first) == partner);
    CHECK(first.revision == 1);
    CHECK(first.created_at == "2026-01-01T00:00:00Z");
    CHECK(first.updated_at == "2026-01-01T00:00:00Z");

    partner.enabled = false;
    const auto second = committed(partner, first, "2026-02-02T00:00:00Z");
    CHECK(static_cast<const Partner&>(second) == partner);
    CHECK(second.revision == 2);
    CHECK(second.created_at == "2026-01-01T00:00:00Z");
    CHECK(second.updated_at == "2026-02-02T00:00:00Z");
}

TEST_CASE("each permission has an answer for each partner type") {
    CHECK(permissions().size() == 3);
    for (const auto& permission : permissions()) {
        REQUIRE(permission.answers.size() == values_of<PartnerType>().size());
        CHECK(permission.answers.front() == "yes");
        CHECK(permission.answers.back().starts_with("no"));
    }
    CHECK(permissions()[2].answers[1] == "no");  // status notes are not for public-verified
}

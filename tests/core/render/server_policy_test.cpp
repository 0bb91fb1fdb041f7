#include "core/render/server_policy.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace xmppfed::core;

namespace {

Partner partner_named(const std::string& primary) {
    Partner partner;
    partner.primary_domain = primary;
    return partner;
}

Json partners_of(const std::string& policy) {
    return Json::parse(policy).at("partners");
}

}  // namespace

TEST_CASE("A policy has the partners by their domains, whatever order they come in", "[server-policy]") {
    auto second = partner_named("fabrikam.com");
    second.additional_domains = {"chat.fabrikam.com", "xn--bcher-kva.example"};
    const auto first = partner_named("adatum.com");
    const auto policy = server_policy({second, first}, {}, 7);
    CHECK(policy == server_policy({first, second}, {}, 7));
    CHECK(policy.ends_with("}\n"));
    const auto json = Json::parse(policy);
    CHECK(json.at("format_version") == "1.0");
    CHECK(json.at("kind") == "server-policy");
    CHECK(json.at("store_revision") == 7);
    REQUIRE(json.at("partners").size() == 2);
    CHECK(json.at("partners")[0].at("domains") == Json::array({"adatum.com"}));
    CHECK(json.at("partners")[1].at("domains") ==
          Json::array({"fabrikam.com", "chat.fabrikam.com", "xn--bcher-kva.example"}));
}

TEST_CASE("A policy has what was agreed, and the methods that follow from it", "[server-policy]") {
    auto partner = partner_named("fabrikam.com");
    partner.type = PartnerType::public_verified;
    partner.negotiation = {.tls = Level::required, .sasl = Level::optional, .dialback = true};
    partner.proxy_fqdn = "xmpp.fabrikam.com";
    partner.connection_limit = 4'294'967'295;
    partner.keepalive = false;
    CHECK(partners_of(server_policy({partner}, {}, 1))[0] ==
          Json({{"domains", Json::array({"fabrikam.com"})},
                {"type", "public-verified"},
                {"methods", Json::array({"sasl-over-tls", "tls-dialback"})},
                {"tls", "required"},
                {"sasl", "optional"},
                {"dialback", true},
                {"proxy_fqdn", "xmpp.fabrikam.com"},
                {"connection_limit", 4'294'967'295},
                {"keepalive", false}}));
}

TEST_CASE("A policy leaves out what is not set, and partners that are suspended", "[server-policy]") {
    auto suspended = partner_named("adatum.com");
    suspended.enabled = false;
    const auto found = partners_of(server_policy({suspended, partner_named("fabrikam.com")}, {}, 1));
    REQUIRE(found.size() == 1);
    CHECK(found[0].at("domains")[0] == "fabrikam.com");
    CHECK_FALSE(found[0].contains("proxy_fqdn"));
    CHECK_FALSE(found[0].contains("connection_limit"));
}

TEST_CASE("A policy has the settings for all streams", "[server-policy]") {
    CHECK(Json::parse(server_policy({}, {}, 0)).at("gateway") == Json({{"connection_limit", 1000},
                                                                       {"partner_connection_limit", 20},
                                                                       {"keepalive_interval", 300},
                                                                       {"establishment_timeout", 60},
                                                                       {"inactivity_timeout", 600}}));
    const Gateway gateway{.inactivity_timeout = 5};
    CHECK(Json::parse(server_policy({}, gateway, 0)).at("gateway").at("inactivity_timeout") == 5);
}

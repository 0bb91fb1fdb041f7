#include "core/edge/dns_records.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/core/values.hpp"

using namespace xmppfed::core;
using Catch::Matchers::Contains;

namespace {

std::vector<SrvRecord> records_of(std::vector<std::string> domains, const SrvNumbers& numbers = {}) {
    Edge edge;
    edge.access_edge = "sip.contoso.com";
    edge.xmpp_domains = std::move(domains);
    return srv_records(edge, numbers);
}

}  // namespace

TEST_CASE("every XMPP domain gets a record in each form, in the edge's order") {
    const auto records = records_of({"fabrikam.com", "contoso.com"});
    CHECK(zone_text(records) ==
          "_xmpp-server._tcp.fabrikam.com. 3600 IN SRV 0 0 5269 sip.contoso.com.\n"
          "_xmpp-server._tcp.contoso.com. 3600 IN SRV 0 0 5269 sip.contoso.com.\n");
    CHECK(nsupdate_text(records) ==
          "update add _xmpp-server._tcp.fabrikam.com. 3600 IN SRV 0 0 5269 sip.contoso.com.\nsend\n"
          "update add _xmpp-server._tcp.contoso.com. 3600 IN SRV 0 0 5269 sip.contoso.com.\nsend\n");
    CHECK(to_json(records[0]) == Json::parse(R"({"name": "_xmpp-server._tcp.fabrikam.com", "type": "SRV", "ttl": 3600,
        "priority": 0, "weight": 0, "port": 5269, "target": "sip.contoso.com", "domain": "fabrikam.com"})"));
    CHECK(records_of({}).empty());
    CHECK(zone_text({}).empty());
}

TEST_CASE("a domain leaves room for the service before it") {
    const auto domain_of = [](std::size_t size) {
        const std::string label(60, 'a');
        auto domain = label + "." + label + "." + label + ".com";
        return std::string(size - domain.size() - 1, 'b') + "." + domain;
    };
    const std::size_t most = 253 - std::string_view{"_xmpp-server._tcp."}.size();
    CHECK(check_lengths(records_of({domain_of(most)})).empty());
    const auto diagnostics = check_lengths(records_of({"a.example", domain_of(most + 1)}));
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].rule_id() == "domain-invalid");
    CHECK_THAT(diagnostics[0].message, Catch::Contains("has 254 octets"));
}

TEST_CASE("the SIP domains count when XMPP domains were never set") {
    const auto edge = made<Edge>([](auto& it) {
        it.access_edge = "sip.a.example";
        it.sip_domains = {"a.example"};
    });
    CHECK(zone_text(srv_records(edge, {.ttl = 60, .priority = 1, .weight = 2, .port = 3})) ==
          "_xmpp-server._tcp.a.example. 60 IN SRV 1 2 3 sip.a.example.\n");
}

TEST_CASE("a PowerShell record is named relative to its zone") {
    struct Row {
        const char* domain;
        const char* expected;
    };
    const auto row = GENERATE(values<Row>({
        {"contoso.com", "-ZoneName 'contoso.com' -Name '_xmpp-server._tcp' "},
        {"im.contoso.com", "-ZoneName 'contoso.com' -Name '_xmpp-server._tcp.im' "},
        {"a.b.contoso.co.uk", "-ZoneName 'contoso.co.uk' -Name '_xmpp-server._tcp.a.b' "},
        {"co.uk", "-ZoneName 'co.uk' -Name '_xmpp-server._tcp' "},
        {"localnet", "-ZoneName 'localnet' -Name '_xmpp-server._tcp' "},
        {"xn--bcher-kva.example", "-ZoneName 'xn--bcher-kva.example' -Name '_xmpp-server._tcp' "},
    }));
    CHECK_THAT(powershell_text(records_of({row.domain})), Contains(row.expected));
}

TEST_CASE("a PowerShell time to live is a time span") {
    struct Row {
        std::int64_t ttl;
        const char* expected;
    };
    const auto row = GENERATE(values<Row>({
        {0, "-TimeToLive '0.00:00:00'\n"},
        {59, "'0.00:00:59'"},
        {3600, "'0.01:00:00'"},
        {93784, "'1.02:03:04'"},
        {2147483647, "'24855.03:14:07'"},
    }));
    CHECK_THAT(powershell_text(records_of({"a.example"}, {.ttl = row.ttl})), Contains(row.expected));
}

TEST_CASE("the numbers of a record have the ranges of its format") {
    struct Row {
        SrvNumbers numbers;
        const char* field;
    };
    const auto row = GENERATE(values<Row>({
        {{}, nullptr},
        {{.ttl = 0, .priority = 0, .weight = 0, .port = 1}, nullptr},
        {{.ttl = 2147483647, .priority = 65535, .weight = 65535, .port = 65535}, nullptr},
        {{.ttl = -1}, "ttl"},
        {{.ttl = 2147483648}, "ttl"},
        {{.priority = -1}, "priority"},
        {{.priority = 65536}, "priority"},
        {{.weight = -1}, "weight"},
        {{.weight = 65536}, "weight"},
        {{.port = 0}, "port"},
        {{.port = 65536}, "port"},
    }));
    const auto diagnostics = check_numbers(row.numbers);
    REQUIRE(diagnostics.size() == (row.field == nullptr ? 0 : 1));
    if (row.field != nullptr) {
        CHECK(diagnostics[0].rule_id() == "value-out-of-range");
        CHECK(diagnostics[0].field == row.field);
    }
    CHECK(check_numbers({.ttl = -1, .priority = -1, .weight = -1, .port = -1}).size() == 4);
}

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/test_world.hpp"

using Catch::Matchers::Contains;
using xmppfed::core::Json;
using xmppfed::test::TestWorld;

namespace {

const Json defaults = Json::parse(R"({"connection_limit": 1000, "partner_connection_limit": 20,
    "keepalive_interval": 300, "establishment_timeout": 60, "inactivity_timeout": 600, "subscription_refresh": 28800,
    "log_message_bodies": false})");

Json gateway_of(TestWorld& world) {
    return world.must("gateway show -o json").json().at("gateway");
}

}  // namespace

TEST_CASE("a gateway that was never set has its defaults, and showing it makes no store") {
    TestWorld world;
    const auto document = world.must("gateway show -o json").json();
    CHECK(document.at("kind") == "gateway");
    CHECK(document.at("gateway") == defaults);
    CHECK(document.at("diagnostics").empty());
    CHECK(world.must("gateway show").out ==
          "Connection limit:            1000\n"
          "Partner connection limit:    20\n"
          "Keep-alive interval:         300 s\n"
          "Establishment timeout:       60 s\n"
          "Inactivity timeout:          600 s\n"
          "Subscription refresh:        28800 s\n"
          "Log message bodies:          false\n");
    CHECK(world.directory.names().empty());
}

TEST_CASE("each option of the gateway changes its setting and nothing else") {
    struct Row {
        const char* options;
        const char* key;
        Json value;
    };
    const auto row = GENERATE(values<Row>({
        {"--connection-limit 1200", "connection_limit", 1200},
        {"--partner-connection-limit=4294967295", "partner_connection_limit", 4294967295},
        {"--keepalive-interval 1", "keepalive_interval", 1},
        {"--establishment-timeout 30", "establishment_timeout", 30},
        {"--inactivity-timeout 900", "inactivity_timeout", 900},
        {"--subscription-refresh 3600", "subscription_refresh", 3600},
        {"--log-message-bodies TRUE", "log_message_bodies", true},
    }));
    INFO(row.options);
    TestWorld world;
    const auto printed = world.must(fmt::format("gateway set {} -m why -o json", row.options)).json();
    auto expected = defaults;
    expected[row.key] = row.value;
    CHECK(printed.at("kind") == "gateway");
    CHECK(printed.at("gateway") == expected);
    CHECK(gateway_of(world) == expected);
    const auto entry = world.must("history --limit 1 -o json").json().at("entries").at(0);
    CHECK(entry.at("action") == "gateway.update");
    CHECK(entry.at("subject") == "gateway");
    CHECK(entry.at("message") == "why");
    CHECK(entry.at("before") == defaults);
    CHECK(entry.at("after") == expected);
    CHECK(world.run("store check").code == 0);
}

TEST_CASE("settings of the gateway that are there already are no change") {
    TestWorld world;
    CHECK_THAT(world.must("gateway set --connection-limit 1000").err, Contains("note: nothing changed\n"));
    CHECK(world.directory.names().empty());
    world.must("gateway set --connection-limit 1200 --inactivity-timeout 700");
    const auto before = world.state();
    CHECK_THAT(world.must("gateway set --inactivity-timeout 700").err, Contains("note: nothing changed\n"));
    CHECK(world.state() == before);
}

TEST_CASE("a dry run of the gateway says what would change, and changes nothing") {
    TestWorld world;
    const auto result = world.must("gateway set --keepalive-interval 120 --log-message-bodies true --dry-run");
    CHECK_THAT(result.err, Contains("note: would change keepalive_interval: 300 -> 120\n"
                                    "xmppfed: note: would change log_message_bodies: false -> true\n"
                                    "xmppfed: note: dry run: nothing was committed\n"));
    const auto document = world.must("gateway set --keepalive-interval 120 --dry-run -o json").json();
    CHECK(document.at("dry_run") == true);
    CHECK(document.at("gateway").at("keepalive_interval") == 120);
    CHECK(gateway_of(world) == defaults);
}

TEST_CASE("a gateway out of its ranges is refused, with every finding") {
    TestWorld world;
    const auto result = world.run("gateway set --connection-limit 0 --inactivity-timeout 4294967296");
    CHECK(result.code == 3);
    CHECK(result.out.empty());
    CHECK(result.err ==
          "xmppfed: error: connection limit is out of range: it must be from 1 to 4294967295 [value-out-of-range]\n"
          "hint: the default is 1000\n"
          "xmppfed: error: inactivity timeout is out of range: it must be from 1 to 4294967295 [value-out-of-range]\n"
          "hint: the default is 600\n");
    CHECK(world.directory.names().empty());
}

TEST_CASE("a command line that sets nothing of the gateway, or no number, is a usage error") {
    struct Row {
        const char* options;
        const char* says;
    };
    const auto row = GENERATE(values<Row>({
        {"", "there is nothing to set: no field is named"},
        {"--keepalive-interval ''", "--keepalive-interval needs a whole number, not ''"},
        {"--keepalive-interval 5m", "--keepalive-interval needs a whole number, not '5m'"},
        {"--log-message-bodies yes", "--log-message-bodies does not take 'yes'"},
        {"--connection-limit 1 --connection-limit 2", "--connection-limit"},
        {"--keepalive 5", "--keepalive"},
        {"fabrikam.com", "fabrikam.com"},
    }));
    INFO(row.options);
    TestWorld world;
    const auto result = world.run(fmt::format("gateway set {}", row.options));
    CHECK(result.code == 2);
    CHECK_THAT(result.err, Contains(row.says));
    CHECK(world.directory.names().empty());
}

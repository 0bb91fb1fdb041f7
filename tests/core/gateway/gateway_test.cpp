#include "core/gateway/gateway.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/core/caught.hpp"

using namespace xmppfed::core;

namespace {

GatewayChange assign(std::string_view key, std::string value) {
    for (const auto& each : gateway_fields()) {
        if (each.key == key) {
            return {{&each, {std::move(value)}}};
        }
    }
    FAIL("there is no field " << key);
    return {};
}

}  // namespace

TEST_CASE("a gateway that nobody has set is that of the vendor, and each field has its place and its option") {
    CHECK(to_text(to_json(Gateway{}), JsonLayout::compact) ==
          R"({"connection_limit":1000,"partner_connection_limit":20,"keepalive_interval":300,)"
          R"("establishment_timeout":60,"inactivity_timeout":600,"subscription_refresh":28800,)"
          R"("log_message_bodies":false})");
    std::string options;
    for (const auto& field : gateway_fields()) {
        options += std::string{field.option} + " ";
    }
    CHECK(options ==
          "connection-limit partner-connection-limit keepalive-interval establishment-timeout inactivity-timeout "
          "subscription-refresh log-message-bodies ");
}

TEST_CASE("a change of the gateway touches what it names and nothing else") {
    for (const auto& field : gateway_fields()) {
        CAPTURE(field.key);
        const bool is_number = field.kind == FieldKind::number;
        const auto after = apply(assign(field.key, is_number ? "7" : "True"), {});
        auto expected = to_json(Gateway{});
        expected[std::string{field.key}] = is_number ? Json(7) : Json(true);
        CHECK(to_json(after) == expected);
    }
    CHECK(apply({}, Gateway{.inactivity_timeout = 5}) == Gateway{.inactivity_timeout = 5});
}

TEST_CASE("what is no value of a setting is a usage error that names its option") {
    for (const auto* const text : {"", "5m", "1e3", "010", "0x10", "1.5"}) {
        CAPTURE(text);
        const auto error = caught([&] { (void)apply(assign("keepalive_interval", text), {}); });
        CHECK(error.kind == ErrorKind::usage);
        CHECK(error.message.starts_with("--keepalive-interval needs a whole number"));
    }
    CHECK(caught([&] { (void)apply(assign("log_message_bodies", "yes"), {}); }).kind == ErrorKind::usage);
}

TEST_CASE("every number of the gateway is from 1 to 4294967295") {
    CHECK(judge(Gateway{}).empty());
    for (const auto& field : gateway_fields()) {
        if (field.kind != FieldKind::number) {
            continue;
        }
        CAPTURE(field.key);
        for (const auto* const good : {"1", "4294967295"}) {
            CHECK(judge(apply(assign(field.key, good), {})).empty());
        }
        for (const auto* const bad : {"0", "-1", "4294967296", "99999999999999999999"}) {
            const auto diagnostics = judge(apply(assign(field.key, bad), {}));
            REQUIRE(diagnostics.size() == 1);
            CHECK(diagnostics[0].rule_id() == "value-out-of-range");
            CHECK(diagnostics[0].field == field.key);
            CHECK(diagnostics[0].message.ends_with("is out of range: it must be from 1 to 4294967295"));
        }
    }
    const auto both = judge(Gateway{.connection_limit = 0, .subscription_refresh = 0});
    REQUIRE(both.size() == 2);
    CHECK(both[1].message == "subscription refresh is out of range: it must be from 1 to 4294967295");
    CHECK(both[1].hint == "the default is 28800");
}

#include "core/partner/negotiation.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <set>

#include "core/partner/partner.hpp"
#include "tests/core/rule_scene.hpp"

namespace xmppfed::core {

namespace {

Json matrix() {
    std::ifstream file{XMPPFED_SOURCE_DIR "/tests/data/negotiation-matrix.json"};
    return Json::parse(file)["rows"];
}

Negotiation settings(const Json& row) {
    return {parse_enum<Level>(row["tls"].get<std::string>()).value(),
            parse_enum<Level>(row["sasl"].get<std::string>()).value(), row["dialback"].get<bool>()};
}

std::vector<std::string> reasons(const Negotiation& side) {
    std::vector<std::string> result;
    for (const auto& [method, reason] : offer(side).excluded) {
        result.push_back(std::string{name_of(method)} + ": " + std::string{reason});
    }
    return result;
}

}  // namespace

TEST_CASE("the computation reproduces the documented matrix row by row") {
    const auto rows = matrix();
    CHECK(rows.size() == 18);
    std::set<std::string> combinations;
    for (const auto& row : rows) {
        CAPTURE(row.dump());
        combinations.insert(row["tls"].dump() + row["sasl"].dump() + row["dialback"].dump());
        CHECK(to_json(offer(settings(row)).methods) == row["methods"]);
        for (const auto method : all_methods) {
            CHECK(offers(settings(row), method) == (row["methods"].dump().find(name_of(method)) != std::string::npos));
        }

        const auto diagnostics = diagnostics_on(settings(row));
        const bool accepted = count(diagnostics, Severity::error) == 0;
        CHECK((accepted ? "accept" : "refuse") == row["commit"].get<std::string>());
        const auto rule = row["rule"];
        CHECK(ids_of(diagnostics) ==
              (rule.is_null() ? std::vector<std::string_view>{} : std::vector{rule.get<std::string_view>()}));
    }
    CHECK(combinations.size() == 18);
}

TEST_CASE("a method that is not offered is excluded with the setting that excludes it") {
    using enum Level;
    CHECK(reasons({required, required, true}) ==
          std::vector<std::string>{"tls-dialback: TLS and SASL are both required, so dialback never runs",
                                   "tcp-dialback: TLS is required"});
    CHECK(reasons({required, required, false}) ==
          std::vector<std::string>{"tls-dialback: dialback requests are ignored",
                                   "tcp-dialback: dialback requests are ignored"});
    CHECK(reasons({not_supported, required, true}) ==
          std::vector<std::string>{"sasl-over-tls: TLS is not supported, and SASL needs TLS",
                                   "tls-dialback: TLS is not supported"});
    CHECK(reasons({not_supported, not_supported, true}) ==
          std::vector<std::string>{"sasl-over-tls: SASL is not supported", "tls-dialback: TLS is not supported"});
    CHECK(reasons({optional, optional, true}).empty());
}

TEST_CASE("every combination offers or excludes each method once") {
    for (const auto& row : matrix()) {
        const auto [methods, excluded] = offer(settings(row));
        CHECK(methods.size() + excluded.size() == values_of<Method>().size());
    }
}

TEST_CASE("two sides share the methods that both offer, strongest first") {
    const auto strict = settings_of(Preset::strict);
    const auto opportunistic = settings_of(Preset::opportunistic);
    const auto dialback = settings_of(Preset::dialback);
    using enum Method;
    CHECK(common_offer(opportunistic, opportunistic).methods == std::vector{sasl_over_tls, tls_dialback, tcp_dialback});
    CHECK(common_offer(settings_of(Preset::flexible), opportunistic).methods ==
          std::vector{sasl_over_tls, tls_dialback});
    CHECK(common_offer(strict, opportunistic).methods == std::vector{sasl_over_tls});
    CHECK(common_offer(opportunistic, dialback).methods == std::vector{tcp_dialback});
    CHECK(common_offer(strict, dialback).methods.empty());

    const auto reasons = [](const Negotiation& local, const Negotiation& peer) {
        std::string text;
        for (const auto& [method, reason] : common_offer(local, peer).excluded) {
            text += fmt::format("{}: {}\n", name_of(method), reason);
        }
        return text;
    };
    CHECK(reasons(opportunistic, opportunistic).empty());
    CHECK(reasons(strict, dialback) ==
          "sasl-over-tls: on the partner's side SASL is not supported\n"
          "tls-dialback: dialback requests are ignored\n"
          "tcp-dialback: dialback requests are ignored\n");
    CHECK(reasons(opportunistic, strict) ==
          "tls-dialback: on the partner's side dialback requests are ignored\n"
          "tcp-dialback: on the partner's side dialback requests are ignored\n");
}

TEST_CASE("presets are the documented combinations") {
    using enum Level;
    CHECK(settings_of(Preset::strict) == Negotiation{required, required, false});
    CHECK(settings_of(Preset::flexible) == Negotiation{required, optional, true});
    CHECK(settings_of(Preset::opportunistic) == Negotiation{optional, optional, true});
    CHECK(settings_of(Preset::dialback) == Negotiation{not_supported, not_supported, true});
    CHECK(settings_of(Preset::strict) == Negotiation{});
    for (const auto preset : {Preset::strict, Preset::flexible, Preset::opportunistic, Preset::dialback}) {
        CHECK(count(diagnostics_on(settings_of(preset)), Severity::error) == 0);
    }
}

}  // namespace xmppfed::core

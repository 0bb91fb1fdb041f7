#include <catch2/catch.hpp>

#include <limits>

#include "tests/core/rule_scene.hpp"

namespace xmppfed::core {

TEST_CASE("a connection limit is an unsigned number of 32 bits above zero") {
    using Limits = std::numeric_limits<std::int64_t>;
    const std::vector<std::pair<std::optional<std::int64_t>, bool>> table{
        {std::nullopt, true}, {1, true},           {4294967295, true},     {0, false},
        {-1, false},          {4294967296, false}, {Limits::min(), false}, {Limits::max(), false},
    };
    for (const auto& [limit, sound] : table) {
        CAPTURE(limit.value_or(0));
        const auto diagnostics =
            diagnostics_after([&limit = limit](Scene& scene) { scene.partner.connection_limit = limit; });
        CHECK(only("value-out-of-range", diagnostics).empty() == sound);
    }
}

TEST_CASE("a partner has at most 1,000 additional domains") {
    const auto count_of = [](std::size_t number) {
        return only("value-out-of-range", diagnostics_after([&](Scene& scene) {
                        scene.partner.additional_domains.assign(number, "a.fabrikam.com");
                    }));
    };
    CHECK(count_of(1000).empty());
    const auto diagnostics = count_of(1001);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().field == "additional_domains");
    CHECK(diagnostics.front().message == "there are 1001 additional domains; at most 1000 are allowed");
}

TEST_CASE("the description's problem is named") {
    const auto diagnostics = diagnostics_after([](Scene& scene) { scene.partner.description = "a\rb"; });
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().message ==
          "description contains U+000D, a control character; newline and tab are the only ones allowed");
}

TEST_CASE("a finding names the partner safely for a terminal") {
    const auto diagnostics = diagnostics_after([](Scene& scene) {
        scene.partner.primary_domain = "\x1b[2J";
        scene.partner.additional_domains.clear();
    });
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().partner == "\\x1b[2J");
    CHECK(diagnostics.front().message.find('\x1b') == std::string::npos);
}

}  // namespace xmppfed::core

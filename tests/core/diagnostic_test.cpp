#include "core/diagnostic.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/rule/rules.hpp"

using namespace xmppfed::core;

TEST_CASE("a diagnostic has null in JSON for what it has not") {
    const Diagnostic empty;
    CHECK(to_text(to_json(empty), JsonLayout::compact) ==
          R"({"rule":null,"severity":"error","partner":null,"field":null,"message":"","hint":null,)"
          R"("file":null,"line":null,"column":null})");

    const Diagnostic full{&rule::domain_own, Severity::info, "a.com", "type", "message", "hint", "file", 3, 0};
    CHECK(to_text(to_json(Diagnostics{full}), JsonLayout::compact) ==
          R"([{"rule":"domain-own","severity":"info","partner":"a.com","field":"type","message":"message",)"
          R"("hint":"hint","file":"file","line":3,"column":0}])");
    CHECK(to_json(Diagnostics{}) == Json::array());
}

TEST_CASE("diagnostics are counted by severity") {
    CHECK(name(Severity::error) == "error");
    CHECK(name(Severity::warning) == "warning");
    CHECK(name(Severity::info) == "info");

    Diagnostics diagnostics(3);
    diagnostics[1].severity = Severity::warning;
    CHECK(count(diagnostics, Severity::error) == 2);
    CHECK(count(diagnostics, Severity::warning) == 1);
    CHECK(count(diagnostics, Severity::info) == 0);
}

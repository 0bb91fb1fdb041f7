// The JSON Schemas name rules: what they say of them is what the table says.

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/rule/rules.hpp"
#include "tests/core/schemas.hpp"

namespace xmppfed::core {

namespace {

using RuleIds = std::vector<std::string>;

/// The severities that each rule may have.
std::map<std::string, RuleIds> severities_of_rules() {
    const auto diagnostic = schema("common.schema.json").at("definitions").at("diagnostic");
    std::map<std::string, RuleIds> severities;
    for (const auto& part : diagnostic.at("allOf")) {
        const auto& when = part.at("if").at("properties");
        if (!when.contains("rule")) {
            continue;
        }
        for (const auto& id : allowed(when.at("rule"))) {
            CAPTURE(id);
            CHECK(severities.emplace(id, allowed(part.at("then").at("properties").at("severity"))).second);
        }
    }
    return severities;
}

}  // namespace

TEST_CASE("the schema of diagnostics names every rule and its severity, and no other") {
    auto severities = severities_of_rules();
    for (const auto& row : rule::table) {
        CAPTURE(row.id);
        CHECK(std::ranges::count(severities[std::string{row.id}], name(row.severity)) == 1);
        severities.erase(std::string{row.id});
    }
    for (const auto& [id, severity] : severities) {
        FAIL_CHECK("no rule has the id " << id);
    }
}

TEST_CASE("the schema of errors knows which rules make a conflict") {
    const auto conflict = schema("error.schema.json").at("allOf").at(0);
    REQUIRE(conflict.at("if").at("properties").at("error").at("properties").at("code").at("const") == "conflict");
    const auto errors = conflict.at("then").at("properties").at("diagnostics").at("items");
    RuleIds ids;
    for (const auto& row : rule::table) {
        if (row.refuses_as == ErrorKind::conflict) {
            ids.emplace_back(row.id);
        } else {
            CHECK(row.refuses_as == ErrorKind::refused);
        }
    }
    CHECK(allowed(errors.at("then").at("properties").at("rule")) == ids);
}

}  // namespace xmppfed::core

#include "cli/view/partner_view.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace xmppfed;
using cli::view::Content;

TEST_CASE("each key of a partner has a column, and a heading") {
    std::vector<std::string_view> keys;
    for (const auto& key : cli::view::partner_keys()) {
        keys.push_back(key.name);
    }
    const auto chosen = cli::view::partner_columns_of(keys);
    REQUIRE(chosen.columns.size() == keys.size());
    const auto item = core::to_json_with_methods(core::CommittedPartner{});
    for (std::size_t i = 0; i < keys.size(); ++i) {
        CAPTURE(keys[i]);
        const auto& column = chosen.columns[i];
        CHECK(column.key == keys[i]);
        CHECK_FALSE(column.heading.empty());
        CHECK((column.content == Content::names) == item.at(std::string{keys[i]}).is_array());
    }
}

TEST_CASE("a field that a list has only when it is asked for is headed by its label") {
    const std::vector<std::string_view> keys{"connection_limit", "keepalive", "accepted_warnings"};
    std::vector<std::string_view> headings;
    for (const auto& column : cli::view::partner_columns_of(keys).columns) {
        headings.push_back(column.heading);
    }
    CHECK(headings == std::vector<std::string_view>{"CONNECTION LIMIT", "KEEP-ALIVE", "ACCEPTED WARNINGS"});
}

#include "core/gateway/gateway_cmdlet.hpp"

#include <set>

#include <catch2/catch.hpp>

using namespace xmppfed::core;

TEST_CASE("each setting of the gateway is one property of the vendor's, in the same order") {
    REQUIRE(gateway_properties().size() == gateway_fields().size());
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < gateway_fields().size(); ++i) {
        const auto& property = gateway_properties()[i];
        CHECK(&field_of(property) == &gateway_fields()[i]);
        CHECK(names.insert(property.name).second);
    }
}

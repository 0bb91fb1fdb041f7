#include "core/text/days.hpp"

#include <catch2/catch.hpp>

namespace xmppfed::core {

TEST_CASE("an end is told by the days to it, or since") {
    CHECK(end_in_days(5) == "ends in 5 days");
    CHECK(end_in_days(1) == "ends in 1 day");
    CHECK(end_in_days(0) == "ends today");
    CHECK(end_in_days(-1) == "ended 1 day ago");
    CHECK(end_in_days(-400) == "ended 400 days ago");
}

}  // namespace xmppfed::core

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

TEST_CASE("an end is told by its time and the days to it, or since") {
    using namespace std::chrono;
    const sys_seconds end = sys_days{2026y / June / 13} + 9h;
    CHECK(end_at(end, 1) == "ends 2026-06-13T09:00:00Z, in 1 day");
    CHECK(end_at(end, 0) == "ends 2026-06-13T09:00:00Z, today");
    CHECK(end_at(end, -3) == "ended 2026-06-13T09:00:00Z, 3 days ago");
}

}  // namespace xmppfed::core

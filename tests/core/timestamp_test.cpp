#include "core/timestamp.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using xmppfed::core::timestamp;

TEST_CASE("a time is written in UTC with whole seconds") {
    using Day = std::chrono::sys_days;
    CHECK(timestamp(std::chrono::sys_seconds{0s}) == "1970-01-01T00:00:00Z");
    CHECK(timestamp(Day{2026y / 3 / 15} + 9h + 30min) == "2026-03-15T09:30:00Z");
    CHECK(timestamp(Day{2024y / 2 / 29} + 23h + 59min + 59s) == "2024-02-29T23:59:59Z");
    CHECK(timestamp(std::chrono::sys_seconds{-1s}) == "1969-12-31T23:59:59Z");
    CHECK(timestamp(Day{999y / 1 / 2}) == "0999-01-02T00:00:00Z");
}

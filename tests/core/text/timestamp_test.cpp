#include "core/text/timestamp.hpp"

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

TEST_CASE("what is no time that we write is told") {
    for (const auto* good : {"2026-03-15T09:30:00Z", "2024-02-29T23:59:59Z", "0001-01-01T00:00:00Z"}) {
        CHECK(xmppfed::core::is_timestamp(good));
    }
    for (const auto* bad :
         {"", "2026-03-15", "2026-03-15T09:30:00", "2026-03-15T09:30:00z", "2026-03-15T09:30:00Z ",
          "2026-03-15 09:30:00Z", "2026-02-29T09:30:00Z", "2026-13-15T09:30:00Z", "2026-00-15T09:30:00Z",
          "2026-03-15T24:30:00Z", "2026-03-15T09:60:00Z", "2026-03-15T09:30:60Z", "2026-03-1xT09:30:00Z"}) {
        INFO(bad);
        CHECK_FALSE(xmppfed::core::is_timestamp(bad));
    }
}

TEST_CASE("a time that was written is read back") {
    using xmppfed::core::read_timestamp;
    const auto time = std::chrono::sys_days{2024y / 2 / 29} + 23h + 59min + 58s;
    CHECK(read_timestamp(timestamp(time)) == time);
    CHECK(read_timestamp("1969-12-31T23:59:59Z") == std::chrono::sys_seconds{-1s});
    CHECK_FALSE(read_timestamp("2026-02-29T09:30:00Z"));
}

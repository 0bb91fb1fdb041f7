#include "core/text/moment.hpp"

#include <catch2/catch.hpp>

#include "core/text/timestamp.hpp"

using namespace xmppfed::core;

namespace {

constexpr std::chrono::sys_seconds moment_now =
    std::chrono::sys_days{std::chrono::year{2026} / 3 / 15} + std::chrono::hours{9};

std::string first(std::string_view text) {
    return read_moment(text, moment_now, Bound::first).value_or("none");
}

std::string last(std::string_view text) {
    return read_moment(text, moment_now, Bound::last).value_or("none");
}

}  // namespace

TEST_CASE("a time of RFC 3339 is one in UTC") {
    CHECK(first("2026-03-15T09:30:00Z") == "2026-03-15T09:30:00Z");
    CHECK(first("2026-03-15t09:30:00z") == "2026-03-15T09:30:00Z");
    CHECK(first("2026-03-15 09:30:00+01:00") == "2026-03-15T08:30:00Z");
    CHECK(last("2026-03-15T23:30:00-02:30") == "2026-03-16T02:00:00Z");
    CHECK(last("2026-02-28T23:59:60Z") == "2026-03-01T00:00:00Z");
}

TEST_CASE("a fraction of a second is rounded inwards") {
    CHECK(first("2026-03-15T09:30:00.5Z") == "2026-03-15T09:30:01Z");
    CHECK(last("2026-03-15T09:30:00.5Z") == "2026-03-15T09:30:00Z");
    CHECK(first("2026-03-15T09:30:00.000Z") == "2026-03-15T09:30:00Z");
}

TEST_CASE("a date is a whole day in UTC") {
    CHECK(first("2026-03-15") == "2026-03-15T00:00:00Z");
    CHECK(last("2026-03-15") == "2026-03-15T23:59:59Z");
    CHECK(first("2024-02-29") == "2024-02-29T00:00:00Z");
}

TEST_CASE("days and hours are counted back") {
    for (const auto bound : {Bound::first, Bound::last}) {
        CHECK(read_moment("7d", moment_now, bound) == "2026-03-08T09:00:00Z");
        CHECK(read_moment("24h", moment_now, bound) == "2026-03-14T09:00:00Z");
        CHECK(read_moment("0h", moment_now, bound) == timestamp(moment_now));
    }
}

TEST_CASE("what names no time is none") {
    for (const auto* text : {"",
                             "d",
                             "7",
                             "7 d",
                             "-7d",
                             "7w",
                             "7D",
                             "1234567d",
                             "999999d",
                             "2026",
                             "2026-02-30",
                             "2026-3-15",
                             "2026-03-15T",
                             "2026-03-15T09:30",
                             "2026-03-15T09:30:00",
                             "2026-03-15T24:00:00Z",
                             "2026-03-15T09:60:00Z",
                             "2026-03-15T09:30:61Z",
                             "2026-03-15T09:30:00.Z",
                             "2026-03-15T09:30:00+1:00",
                             "2026-03-15T09:30:00+24:00",
                             "2026-03-15T09:30:00Zx",
                             "2026-03-15Z",
                             "0000-01-01T00:00:00+00:01",
                             "9999-12-31T23:59:59-00:01",
                             "yesterday"}) {
        INFO(text);
        CHECK(first(text) == "none");
        CHECK(last(text) == "none");
    }
}

#include "core/report/html/plot.hpp"

#include <array>

#include <catch2/catch.hpp>

using namespace xmppfed::core;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::sys_seconds plot_time = std::chrono::sys_days{2026y / 3 / 15} + 9h;

std::size_t occurrences(const Html& html, std::string_view what) {
    std::size_t number = 0;
    for (auto at = html.markup().find(what); at != std::string::npos; at = html.markup().find(what, at + 1)) {
        ++number;
    }
    return number;
}

}  // namespace

TEST_CASE("a share is a bar of that width, and nothing is none") {
    CHECK(occurrences(share_bar(0.25, Tone::good), "class=\"good\" width=\"25.00%\"") == 1);
    CHECK(occurrences(share_bar(0, Tone::good), "width=\"0.00%\"") == 1);
    CHECK(occurrences(share_bar(0.00001, Tone::poor), "class=\"poor\" width=\"0.40%\"") == 1);
}

TEST_CASE("a time line has a bar for each span, and says what it is") {
    const std::array spans{Span{"one & two", "89 days left", plot_time - 24h, plot_time + 24h * 89, Tone::good},
                           Span{"gone", "ended 2 days ago", plot_time - 24h * 20, plot_time - 48h, Tone::poor}};
    const auto plot = timeline("ends", Html{"When they end"}, spans, plot_time);
    CHECK(occurrences(plot, "<title id=\"ends\">When they end</title>") == 1);
    CHECK(occurrences(plot, "aria-labelledby=\"ends\"") == 1);
    CHECK(occurrences(plot, "one &amp; two") == 1);
    CHECK(occurrences(plot, "class=\"good\"") == 1);
    CHECK(occurrences(plot, "class=\"poor\"") == 1);
    CHECK(occurrences(plot, "class=\"now\"") == 1);
    CHECK(occurrences(plot, "2026-04") == 1);
}

TEST_CASE("a time line stays within its place, however long something lasts") {
    const std::array spans{Span{"a century", {}, plot_time - 24h * 36500, plot_time + 24h * 36500, Tone::good}};
    const auto plot = timeline("ends", Html{}, spans, plot_time);
    CHECK(occurrences(plot, "x=\"0.00%\" width=\"100.00%\"") == 1);
    CHECK(occurrences(plot, "class=\"mark\"") < 7);
}

TEST_CASE("the days of a plot have bars as high as there was to do") {
    const std::array<std::int64_t, 4> days{0, 4, 1, 0};
    const auto plot = days_plot("days", Html{"5 commits"}, days, std::chrono::sys_days{2026y / 3 / 12});
    CHECK(occurrences(plot, "<rect") == 2);
    CHECK(occurrences(plot, "height=\"72\" rx") == 1);
    CHECK(occurrences(plot, "height=\"18\" rx") == 1);
    CHECK(occurrences(plot, "2026-03-13: 4 commits") == 1);
    CHECK(occurrences(plot, ">2026-03-15</text>") == 1);
    CHECK(occurrences(days_plot("none", Html{}, {}, {}), "<rect") == 0);
}

#include "core/report/html/plot.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/report/figures.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr int line_height = 44;  // pixels: a label and its bar
constexpr int bar_offset = 22;   // from the top of a line
constexpr int bar_height = 10;
constexpr int axis_height = 26;  // of the marks below
constexpr int days_height = 72;
constexpr double least_width = 0.004;
constexpr std::size_t longest_label = 44;  // columns

constexpr std::chrono::days longest_past{366};
constexpr std::chrono::days longest_future{1100};

Html pixels(int number) {
    return Html::text(fmt::to_string(number));
}

/// An SVG element of that height, as wide as its place; its title is what a screen reader says of it.
Html drawing(const Markup& id, const Html& title, int height, const Html& content) {
    return R"(<svg class="plot" role="img" aria-labelledby=")" + Html{id} + R"(" width="100%" height=")" +
           pixels(height) + "\"><title id=\"" + id + "\">" + title + "</title>" + content + "</svg>\n";
}

/// What an axis of time covers.
class TimeAxis {
  public:
    TimeAxis(std::span<const Span> spans, sys_seconds now)
        : begin_{now - std::chrono::days{31}}, end_{now + std::chrono::days{92}} {
        for (const auto& span : spans) {
            begin_ = std::min(begin_, std::max(span.begin, now - longest_past));
            end_ = std::max(end_, std::min(span.end, now + longest_future));
        }
    }

    /// From 0 to 1; what is outside counts as the nearest end.
    [[nodiscard]] double share(sys_seconds time) const {
        const auto clamped = std::clamp(time, begin_, end_);
        return static_cast<double>((clamped - begin_).count()) / static_cast<double>((end_ - begin_).count());
    }

    /// The first days of months to mark, at most six.
    [[nodiscard]] std::vector<std::chrono::year_month> marks() const {
        using std::chrono::months;
        const std::chrono::year_month_day first{std::chrono::floor<std::chrono::days>(begin_)};
        std::vector<std::chrono::year_month> all;
        for (auto month = first.year() / first.month() + months{1}; sys_days{month / 1} < end_; month += months{1}) {
            all.push_back(month);
        }
        constexpr std::array<unsigned, 5> steps{1, 2, 3, 6, 12};
        constexpr std::size_t most = 6;
        const auto* const step = std::ranges::find_if(steps, [&](unsigned each) { return all.size() / each < most; });
        const auto every = step == steps.end() ? steps.back() : *step;
        std::erase_if(all, [&](const auto& month) { return (static_cast<unsigned>(month.month()) - 1) % every != 0; });
        return all;
    }

  private:
    sys_seconds begin_;
    sys_seconds end_;
};

Html span_html(const Span& span, const TimeAxis& axis, int top) {
    const auto begin = axis.share(span.begin);
    const auto width = std::max(axis.share(span.end) - begin, least_width);
    return "<text y=\"" + pixels(top + 15) + "\">" + Html::text(shorten(span.label, longest_label)) +
           R"(</text><text class="note" x="100%" y=")" + pixels(top + 15) + R"(" text-anchor="end">)" +
           Html::text(span.note) + R"(</text><rect class="track" width="100%" y=")" + pixels(top + bar_offset) +
           "\" height=\"" + pixels(bar_height) + R"(" rx="2"/><rect class=")" + class_of(span.tone) + "\" x=\"" +
           Html::percent(begin) + "\" width=\"" + Html::percent(width) + "\" y=\"" + pixels(top + bar_offset) +
           "\" height=\"" + pixels(bar_height) + "\" rx=\"2\"/>\n";
}

Html marks_html(const TimeAxis& axis, int bottom) {
    constexpr double room = 0.05;  // at both ends, for half a label
    Html html;
    for (const auto& month : axis.marks()) {
        const auto share = axis.share(sys_days{month / 1});
        if (share < room || share > 1 - room) {
            continue;
        }
        html +=
            R"(<line class="mark" x1=")" + Html::percent(share) + "\" x2=\"" + Html::percent(share) + "\" y2=\"" +
            pixels(bottom) + R"("/><text class="note" x=")" + Html::percent(share) + "\" y=\"" + pixels(bottom + 17) +
            R"(" text-anchor="middle">)" +
            Html::text(fmt::format("{}-{:02}", static_cast<int>(month.year()), static_cast<unsigned>(month.month()))) +
            "</text>\n";
    }
    return html;
}

std::string day_text(sys_days day) {
    return std::string{day_of(timestamp(day))};
}

}  // namespace

Html class_of(Tone tone) {
    switch (tone) {
    case Tone::good:
        return Html{"good"};
    case Tone::fair:
        return Html{"fair"};
    case Tone::poor:
        return Html{"poor"};
    case Tone::plain:
        return Html{"plain"};
    }
    return {};
}

Html share_bar(double share, Tone tone) {
    const auto width = share > 0 ? std::max(share, least_width) : 0;
    return R"(<svg class="share" aria-hidden="true" width="100%" height="10"><rect class="track" )"
           "width=\"100%\" "
           R"(height="10" rx="2"/><rect class=")" +
           class_of(tone) + "\" width=\"" + Html::percent(width) + R"(" height="10" rx="2"/></svg>)";
}

Html timeline(const Markup& id, const Html& title, std::span<const Span> spans, sys_seconds now) {
    const TimeAxis axis{spans, now};
    const int bottom = static_cast<int>(spans.size()) * line_height;
    Html lines;
    int top = 0;
    for (const auto& span : spans) {
        lines += span_html(span, axis, top);
        top += line_height;
    }
    const auto today = Html::percent(axis.share(now));
    const auto now_html = R"(<line class="now" x1=")" + today + "\" x2=\"" + today + "\" y1=\"" +
                          pixels(bar_offset - 4) + "\" y2=\"" + pixels(bottom) + "\"/>\n";
    return drawing(id, title, bottom + axis_height, marks_html(axis, bottom) + lines + now_html);
}

Html days_plot(const Markup& id, const Html& title, std::span<const std::int64_t> days, sys_days first) {
    const auto most = std::max<std::int64_t>(1, days.empty() ? 0 : std::ranges::max(days));
    const auto slot = 1.0 / static_cast<double>(std::max<std::size_t>(1, days.size()));
    constexpr double gap = 0.25;  // of a slot
    Html html =
        R"(<line class="axis" x2="100%" y1=")" + pixels(days_height) + "\" y2=\"" + pixels(days_height) + "\"/>\n";
    for (std::size_t i = 0; i < days.size(); ++i) {
        if (days[i] == 0) {
            continue;
        }
        const auto height = std::max(2, static_cast<int>(days_height * days[i] / most));
        html += R"(<rect class="plain" x=")" + Html::percent(slot * (static_cast<double>(i) + gap / 2)) +
                "\" width=\"" + Html::percent(slot * (1 - gap)) + "\" y=\"" + pixels(days_height - height) +
                "\" height=\"" + pixels(height) + R"(" rx="1"><title>)" +
                Html::text(fmt::format("{}: {}", day_text(first + std::chrono::days{i}),
                                       counted_with_commas(days[i], "commit"))) +
                "</title></rect>\n";
    }
    const auto last = first + std::chrono::days{days.empty() ? 0 : days.size() - 1};
    html += R"(<text class="note" y=")" + pixels(days_height + 17) + "\">" + Html::text(day_text(first)) +
            R"(</text><text class="note" x="100%" y=")" + pixels(days_height + 17) + R"(" text-anchor="end">)" +
            Html::text(day_text(last)) + "</text>\n";
    return drawing(id, title, days_height + axis_height, html);
}

}  // namespace xmppfed::core

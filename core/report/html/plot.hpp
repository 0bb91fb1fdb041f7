#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/report/html/html.hpp"

/// Plots as SVG. Coordinates are percentages, so that a plot is as wide as its place and its letters stay as large as
/// those around it. The style sheet colours by class. What a plot shows also stands beside it, in words.
namespace xmppfed::core {

/// How something is to be taken; never told by colour alone.
enum class Tone { good, fair, poor, plain };

[[nodiscard]] Html class_of(Tone tone);

/// A bar for a share of the whole, from 0 to 1, in a cell beside its number: nothing that a screen reader needs.
[[nodiscard]] Html share_bar(double share, Tone tone);

/// Something that lasts.
struct Span {
    std::string label;
    std::string note;
    std::chrono::sys_seconds begin;
    std::chrono::sys_seconds end;
    Tone tone = Tone::plain;
};

/// What lasts how long, each a line below the other, with a mark at `now`. `id` names the plot in its page.
[[nodiscard]] Html timeline(const Markup& id, const Html& title, std::span<const Span> spans,
                            std::chrono::sys_seconds now);

/// How often something happened on each of some days, from `first`.
[[nodiscard]] Html days_plot(const Markup& id, const Html& title, std::span<const std::int64_t> days,
                             std::chrono::sys_days first);

}  // namespace xmppfed::core

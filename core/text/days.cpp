#include "core/text/days.hpp"

#include <string_view>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

std::string_view verb(std::int64_t days_left) {
    return days_left < 0 ? "ended" : "ends";
}

std::string from_now(std::int64_t days_left) {
    if (days_left == 0) {
        return "today";
    }
    return days_left < 0 ? fmt::format("{} ago", counted(static_cast<std::size_t>(-days_left), "day"))
                         : fmt::format("in {}", counted(static_cast<std::size_t>(days_left), "day"));
}

}  // namespace

std::string end_in_days(std::int64_t days_left) {
    return fmt::format("{} {}", verb(days_left), from_now(days_left));
}

std::string end_at(std::chrono::sys_seconds end, std::int64_t days_left) {
    return fmt::format("{} {}, {}", verb(days_left), timestamp(end), from_now(days_left));
}

}  // namespace xmppfed::core

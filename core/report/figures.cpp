#include "core/report/figures.hpp"

#include <array>

#include <fmt/format.h>

#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

constexpr std::size_t day_size = std::string_view{"2026-03-15"}.size();
constexpr std::size_t minute_size = std::string_view{"2026-03-15T09:30"}.size();

constexpr std::array<std::string_view, 12> month_names{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};

}  // namespace

std::string with_commas(std::int64_t number) {
    constexpr std::size_t group = 3;
    auto digits = fmt::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    for (auto at = digits.size(); at > sign + group;) {
        at -= group;
        digits.insert(at, ",");
    }
    return digits;
}

std::string counted_with_commas(std::int64_t number, std::string_view noun) {
    return fmt::format("{} {}{}", with_commas(number), noun, number == 1 ? "" : "s");
}

std::string_view day_of(std::string_view timestamp) {
    return is_timestamp(timestamp) ? timestamp.substr(0, day_size) : timestamp;
}

std::string minute_of(std::string_view timestamp) {
    if (!is_timestamp(timestamp)) {
        return std::string{timestamp};
    }
    auto text = std::string{timestamp.substr(0, minute_size)};
    text[day_size] = ' ';
    return text;
}

std::string long_date(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    return fmt::format("{} {} {}, {:02}:{:02}", static_cast<unsigned>(date.day()),
                       month_names.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                       clock.hours().count(), clock.minutes().count());
}

std::string days_text(std::int64_t days_left) {
    if (days_left < 0) {
        return fmt::format("ended {} ago", counted_with_commas(-days_left, "day"));
    }
    return days_left == 0 ? "ends today" : fmt::format("{} left", counted_with_commas(days_left, "day"));
}

}  // namespace xmppfed::core

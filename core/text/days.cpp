#include "core/text/days.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::core {

std::string end_in_days(std::int64_t days_left) {
    if (days_left == 0) {
        return "ends today";
    }
    return days_left < 0 ? fmt::format("ended {} ago", counted(static_cast<std::size_t>(-days_left), "day"))
                         : fmt::format("ends in {}", counted(static_cast<std::size_t>(days_left), "day"));
}

}  // namespace xmppfed::core

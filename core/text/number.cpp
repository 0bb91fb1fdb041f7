#include "core/text/number.hpp"

#include <limits>

#include <fmt/format.h>

namespace xmppfed::core {

std::string typed_number(std::int64_t number) {
    constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
    return number == greatest ? fmt::format("{} or beyond", number) : fmt::to_string(number);
}

}  // namespace xmppfed::core

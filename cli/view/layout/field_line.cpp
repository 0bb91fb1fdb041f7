#include "cli/view/layout/field_line.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::cli::view {

std::string field_line(std::string_view label, const std::string& value) {
    constexpr std::size_t label_width = 29;
    return fmt::format("{:<{}}{}\n", fmt::format("{}:", label), label_width, value.empty() ? "-" : core::escape(value));
}

}  // namespace xmppfed::cli::view

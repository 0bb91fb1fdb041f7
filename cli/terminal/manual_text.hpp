#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cli/terminal/style.hpp"

namespace xmppfed::cli {

/// What stands below the line `.Sh TITLE` or `.Ss TITLE` of a page, up to the next section of that rank or a higher one.
/// `heading` is the whole line. "" when there is none.
[[nodiscard]] std::string_view manual_section(std::string_view source, std::string_view heading);

/// The prose of a page in man/ as a text of at most `width` columns. It knows what that prose has of mdoc(7): sections,
/// lists, examples, references; code keeps its backticks. Examples are not broken.
[[nodiscard]] std::string manual_text(std::string_view source, const Style& style, std::size_t width);

}  // namespace xmppfed::cli

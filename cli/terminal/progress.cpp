#include "cli/terminal/progress.hpp"

#include <fmt/format.h>

namespace xmppfed::cli {

namespace {

constexpr std::int64_t step = 1000;
constexpr std::string_view to_empty_line = "\r\x1b[K";

}  // namespace

void ProgressLine::at(std::string_view what, std::int64_t count) {
    if (count > 0 && count % step == 0) {
        messages_.question(fmt::format("{}{}: {}", to_empty_line, what, count));
        shown_ = true;
    }
}

void ProgressLine::end() {
    if (shown_) {
        messages_.question(to_empty_line);
        shown_ = false;
    }
}

}  // namespace xmppfed::cli

#include "cli/terminal/progress.hpp"

#include <fmt/format.h>

namespace xmppfed::cli {

namespace {

constexpr std::int64_t step = 1000;
constexpr std::string_view to_empty_line = "\r\x1b[K";

}  // namespace

Progress::Progress(Context& context)
    : context_{context}, wanted_{context.world().terminal.stderr_is_one && !context.globals().quiet} {}

Progress::~Progress() {
    if (shown_) {
        context_.messages().question(to_empty_line);
    }
}

void Progress::at(std::string_view what, std::int64_t count) {
    if (wanted_ && count > 0 && count % step == 0) {
        context_.messages().question(fmt::format("{}{}: {}", to_empty_line, what, count));
        shown_ = true;
    }
}

}  // namespace xmppfed::cli

#include "cli/terminal/wrapping.hpp"

#include <algorithm>
#include <utility>

#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::size_t continuation = 2;  // columns that a broken line goes on further in

/// The columns of a word, without the escape sequences that colour it.
std::size_t visible_width(std::string_view word) {
    std::size_t columns = 0;
    for (auto escape = word.find('\x1b'); escape != std::string_view::npos; escape = word.find('\x1b')) {
        const auto end = word.find('m', escape);
        columns += core::display_width(word.substr(0, escape));
        word.remove_prefix(end == std::string_view::npos ? word.size() : end + 1);
    }
    return columns + core::display_width(word);
}

void drop_blanks_at_end(std::string& text) {
    text.erase(text.find_last_not_of(' ') + 1);
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
    std::string result;
    std::size_t used = 0;
    bool begins_line = true;
    for (const auto& word : core::split(text, ' ')) {
        const auto columns = visible_width(word);
        const bool is_blank = columns == 0;  // beyond the edge it is not seen
        if (used > 0 && !is_blank && used + 1 + columns > width) {
            drop_blanks_at_end(result);
            result += "\n" + std::string(indent, ' ');
            used = 0;
            begins_line = true;
        }
        result += (begins_line ? "" : " ") + word;
        used += columns + (begins_line ? 0 : 1);
        begins_line = begins_line && word.empty();
    }
    return result;
}

namespace {

/// Where what stands beside a label begins: behind the first gap of the line, in which a colour may end.
std::size_t value_beside_label(std::string_view line, std::size_t begin) {
    const auto gap = std::min(line.find("  ", begin), line.size());
    auto at = std::min(line.find_first_not_of(' ', gap), line.size());
    while (at < line.size() && line[at] == '\x1b') {
        const auto end = std::min(line.find('m', at), line.size() - 1);
        at = std::min(line.find_first_not_of(' ', end + 1), line.size());
    }
    return at;
}

/// A line that is too wide goes on below what stands beside its label; where that leaves too little room, all of that
/// goes below the label. Without a label it goes on a little further in than it began.
std::string wrapped_line(std::string_view line, std::size_t columns) {
    if (visible_width(line) <= columns) {
        return std::string{line};
    }
    const auto begin = std::min(line.find_first_not_of(' '), line.size());
    const auto at = value_beside_label(line, begin);
    std::string label{line.substr(0, at)};
    const auto value = line.substr(at);
    if (const auto beside = visible_width(label); beside <= columns / 2) {
        return label + wrapped(value, columns - beside, beside);
    }
    const auto blanks = std::min(begin, columns / 2);
    const auto indent = std::min(blanks + continuation, columns / 2);
    // What a line has left beside its indent; the first one begins further out, so that it fits as well.
    auto result = std::string(blanks, ' ') + wrapped(label.substr(begin), columns - indent, indent);
    if (!value.empty()) {
        drop_blanks_at_end(result);
        result += "\n" + std::string(indent, ' ') + wrapped(value, columns - indent, indent);
    }
    return result;
}

}  // namespace

std::string wrapped_lines(std::string_view text, std::optional<std::size_t> columns) {
    if (!columns) {
        return std::string{text};
    }
    std::string result;
    for (const auto& line : core::split(text, '\n')) {
        result += wrapped_line(line, *columns) + "\n";
    }
    result.pop_back();
    return result;
}

void WrappedOutput::write(std::string_view text) {
    line_ += text;
    for (auto end = line_.find('\n'); end != std::string::npos; end = line_.find('\n')) {
        pass_on(wrapped_lines(std::string_view{line_}.substr(0, end + 1), columns_));
        line_.erase(0, end + 1);
    }
}

void WrappedOutput::pass_on(std::string_view text) {
    try {
        target_.write(text);
    } catch (const OutputFailure&) {
        target_.discard();
    }
}

std::string WrappedOutput::take_last_line() {
    auto last = wrapped_lines(std::exchange(line_, {}), columns_);
    const auto begin = last.rfind('\n') + 1;  // 0 where there is none
    pass_on(std::string_view{last}.substr(0, begin));
    flush();
    return last.substr(begin);
}

void WrappedOutput::flush() {
    pass_on(wrapped_lines(line_, columns_));
    line_.clear();
    try {
        target_.flush();
    } catch (const OutputFailure&) {
        target_.discard();
    }
}

bool WrappedOutput::discard() {
    line_.clear();
    return target_.discard();
}

}  // namespace xmppfed::cli

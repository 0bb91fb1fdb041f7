#include "cli/terminal/editing/line_editor.hpp"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "cli/terminal/editing/edited_terminal.hpp"

namespace xmppfed::cli {

LineEditor::LineEditor(Output& err) : err_{err} {}
LineEditor::~LineEditor() = default;

std::optional<std::string> LineEditor::read(std::string_view prompt) {
    if (!std::exchange(was_tried_, true)) {
        editor_ = EditedTerminal::begin();
    }
    if (editor_) {
        return editor_->read(prompt);
    }
    try {
        err_.write(prompt);
        err_.flush();
    } catch (const OutputFailure&) {
        err_.discard();  // as with messages, there is nobody to tell
    }
    return read_plain_line();
}

std::optional<std::string> read_plain_line() {
    std::string line;
    for (;;) {
        char c = 0;
        const auto count = ::read(STDIN_FILENO, &c, 1);  // byte by byte: what follows the line is not ours
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return line.empty() ? std::nullopt : std::optional{line};
        }
        if (c == '\n') {
            return line;
        }
        line += c;
    }
}

}  // namespace xmppfed::cli

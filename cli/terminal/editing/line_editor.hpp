#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/terminal/output.hpp"

namespace xmppfed::cli {

class EditedTerminal;

/// Asks on standard error for lines that somebody types on standard input, and lets them be edited as in a shell. Where
/// they cannot be, they are what the terminal itself makes of the keys.
class LineEditor {
  public:
    explicit LineEditor(Output& err);
    LineEditor(const LineEditor&) = delete;
    LineEditor& operator=(const LineEditor&) = delete;
    ~LineEditor();

    /// The line behind `prompt`, which begins a line of the terminal, has no newline, and leaves room beside it;
    /// without its end, in UTF-8. None at the end of input. Whatever ends or stops the program meanwhile, the terminal
    /// is then as it was.
    [[nodiscard]] std::optional<std::string> read(std::string_view prompt);

  private:
    Output& err_;
    std::unique_ptr<EditedTerminal> editor_;  ///< from the first line on; none where lines cannot be edited
    bool was_tried_ = false;
};

/// A line of standard input as it comes, without its end; none at its end.
[[nodiscard]] std::optional<std::string> read_plain_line();

}  // namespace xmppfed::cli

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cli/terminal/output.hpp"

namespace xmppfed::cli {

/// Breaks text at blanks into lines of at most `width` columns, colours not counted; every line but the first is
/// indented. A word that is longer stays whole.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// Text with each line wrapped to a terminal, and continued below where it began, or below what stands beside its label.
/// `columns`: none for any number.
[[nodiscard]] std::string wrapped_lines(std::string_view text, std::optional<std::size_t> columns);

/// Passes text on as `wrapped_lines`. Whatever the lines are made of, they fit. A failing stream is ignored, as it is for messages: there is nobody to tell.
class WrappedOutput : public Output {
  public:
    /// `columns`: none for any number.
    WrappedOutput(Output& target, std::optional<std::size_t> columns) : target_{target}, columns_{columns} {}

    void write(std::string_view text) override;
    void flush() override;  ///< a line without its end leaves too: a question
    bool discard() override;

    /// Passes on what there is but for the last line of the terminal, when that has no end yet: for who writes it
    /// himself, a prompt.
    [[nodiscard]] std::string take_last_line();

  private:
    void pass_on(std::string_view text);

    Output& target_;
    std::optional<std::size_t> columns_;
    std::string line_;  ///< the last one, as far as it came
};

}  // namespace xmppfed::cli

#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Builds the manual: joins the prose in man/ with what the command table and the rule table say.
namespace xmppfed::manual {

/// Something in man/ or in a table that keeps a page from being made: what is wrong, and which file to write.
struct Problem {
    std::string text;
};

/// The mdoc(7) lines of a paragraph: no line is long, and each sentence begins a line. `code` between backticks becomes
/// the macros of what it is (an option, a value, a path), and xmppfed-NAME(1) a cross reference.
[[nodiscard]] std::string paragraph(std::string_view text);

/// A line that is shown as it is, with what has a meaning for roff escaped.
[[nodiscard]] std::string literal_line(std::string_view line);

/// A word as an argument of a macro.
[[nodiscard]] std::string argument(std::string_view word);

/// The macros, without a leading dot, for what stood between backticks.
[[nodiscard]] std::string code_macros(std::string_view code);

/// The mdoc(7) lines of a fragment's: text is filled, an empty line begins a paragraph, macros are passed on, and blocks
/// between `.Bd -literal` and `.Ed` are shown as they are. Throws Problem for backticks without a partner.
[[nodiscard]] std::string body(const std::vector<std::string>& lines);

}  // namespace xmppfed::manual

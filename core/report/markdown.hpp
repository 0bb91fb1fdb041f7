#pragma once

#include <string>
#include <string_view>

/// Texts for Markdown (CommonMark with the tables of GitHub), also inside a cell of a table. Nothing of them becomes an
/// element, a link or somebody's name.
namespace xmppfed::core {

/// Text for people, in one line.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// Text in which `…` marks what is typed.
[[nodiscard]] std::string markdown_prose(std::string_view text);

/// What is typed, to the letter: a span of code. A vertical bar, which would end a cell even there, is written visibly.
[[nodiscard]] std::string markdown_code(std::string_view text);

/// A domain: U-labels, and the A-labels that are typed beside them where they differ.
[[nodiscard]] std::string markdown_domain(std::string_view domain);

}  // namespace xmppfed::core

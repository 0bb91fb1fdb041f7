#pragma once

#include <cstddef>

#include "cli/terminal/style.hpp"
#include "cli/wizard/interactive_request.hpp"

namespace xmppfed::cli {

struct PageNumber {
    std::size_t number = 0;
    std::size_t of = 0;
};

/// What a page says before it asks: what it is about, the meaning and the values of its options, and the keys.
[[nodiscard]] std::string page_text(const Page& page, const OptionSet& options, PageNumber number, const Style& style);

/// The question, with what Enter keeps in brackets.
[[nodiscard]] std::string prompt_of(const Page& page);

}  // namespace xmppfed::cli

#pragma once

#include <string>

#include "cli/wizard/interactive_request.hpp"

namespace xmppfed::cli {

/// The answers after this one to a page; an empty one keeps what is there. An option's values are the words that a
/// command line would have: the items of a comma list where it can be given more than once. Throws a usage error for an
/// answer to a page that asks for nothing.
[[nodiscard]] Answers answered(Answers answers, const Page& page, const OptionSet& options, const std::string& answer);

}  // namespace xmppfed::cli

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal/style.hpp"
#include "core/field/enumeration.hpp"

namespace xmppfed::cli {

/// Something that `help` explains besides commands.
struct HelpTopic {
    std::string_view name;
    std::string_view meaning;
    std::string_view page;      ///< in man/, that says it
    std::string_view sections;  ///< of it, parted by commas; "": all
};

/// In the order of the help.
[[nodiscard]] std::span<const HelpTopic> help_topics();

/// What `help` takes besides commands, for completion: topics that are no nouns, and once something of a word is typed,
/// ids of rules, for there are many.
[[nodiscard]] std::vector<core::EnumValue> help_words(std::string_view begun);

/// What the manual says of a topic, or of the rule with that id; nothing for another word. A list of rules stands in
/// the place of all that is said of them.
[[nodiscard]] std::optional<std::string> topic_help(std::string_view word, const Style& style,
                                                    std::optional<std::size_t> columns);

}  // namespace xmppfed::cli

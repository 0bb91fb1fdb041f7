#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xmppfed::cli {

/// The words that may follow `noun`, or the first words when it is empty.
[[nodiscard]] std::vector<std::string_view> expected_words(std::string_view noun);

/// Throws the usage error for a word that is none of them. Its hint names the command that was meant: by the verb that
/// other tools have for it, by the same verb of other nouns, or by the nearest word.
[[noreturn]] void refuse_command(const std::string& word, std::string_view noun);

}  // namespace xmppfed::cli

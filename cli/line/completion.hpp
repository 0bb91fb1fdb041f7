#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal/world.hpp"

namespace xmppfed::cli {

/// The first word with which the scripts in `completions` ask; no command for people.
inline constexpr std::string_view completion_request = "__complete";

/// One way in which a half-typed word may go on.
struct Candidate {
    std::string word;
    std::string description;  ///< one line; may be empty
};

/// What may stand where the cursor is.
struct Completion {
    std::vector<Candidate> candidates;
    bool files = false;  ///< names of files too, which the shell knows best
};

/// Completes the last of the words behind the program's name, which may be empty. Reads the store and changes nothing;
/// throws as any look at the store does.
[[nodiscard]] Completion complete(const std::vector<std::string>& words, const World& world);

/// Answers the completion scripts: a candidate a line, with a tab before its description, and `:files` alone on a line
/// for names of files. Silent on every failure, for a person is in the middle of a line.
void print_completion(const std::vector<std::string>& words, const World& world);

}  // namespace xmppfed::cli

#include "cli/line/unknown_command.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "cli/line/command.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

/// A verb of other tools, and what is said here: the first of the verbs that there is for the noun, or at all.
struct ForeignVerb {
    std::string_view word;
    std::array<std::string_view, 3> verbs;
    std::string_view rest = {};  ///< of the command line
};

constexpr std::array foreign_verbs{
    ForeignVerb{"add", {"new", "request", "init"}},
    ForeignVerb{"create", {"new", "request", "init"}},
    ForeignVerb{"delete", {"remove", "cancel"}},
    ForeignVerb{"del", {"remove", "cancel"}},
    ForeignVerb{"rm", {"remove", "cancel"}},
    ForeignVerb{"ls", {"list", "records", "show"}},
    ForeignVerb{"get", {"show", "records", "info"}},
    ForeignVerb{"describe", {"show", "records", "info"}},
    ForeignVerb{"view", {"show", "records", "info"}},
    ForeignVerb{"info", {"show", "records"}},
    ForeignVerb{"update", {"edit", "set"}},
    ForeignVerb{"modify", {"edit", "set"}},
    ForeignVerb{"change", {"edit", "set"}},
    ForeignVerb{"rename", {"edit"}, " DOMAIN --primary NEW"},
    ForeignVerb{"mv", {"edit"}, " DOMAIN --primary NEW"},
    ForeignVerb{"new", {"request", "init"}},
    ForeignVerb{"edit", {"set"}},
    ForeignVerb{"set", {"edit"}},
    ForeignVerb{"renew", {"request"}, " --renew N"},
    ForeignVerb{"revoke", {"retire"}},
};

/// Said of the program, whatever stands before it.
constexpr std::string_view version_word = "version";

/// The commands that have the word as their verb, of one noun or, when that is empty, of any.
std::vector<std::string> commands_with(std::string_view verb, std::string_view noun, std::string_view rest) {
    std::vector<std::string> lines;
    for (const auto* command : commands()) {
        if (!verb.empty() && command->verb == verb && (noun.empty() || command->noun == noun)) {
            lines.push_back(fmt::format("xmppfed {}{}", command->name(), rest));
        }
    }
    return lines;
}

/// What another tool's verb is called here; nothing when the word is none, or the noun has no such command.
std::vector<std::string> commands_for_foreign(std::string_view word, std::string_view noun) {
    if (word == version_word) {
        return {"xmppfed --version"};
    }
    const auto* const foreign = std::ranges::find(foreign_verbs, word, &ForeignVerb::word);
    if (foreign == foreign_verbs.end()) {
        return {};
    }
    for (const auto verb : foreign->verbs) {
        if (auto lines = commands_with(verb, noun, foreign->rest); !lines.empty()) {
            return lines;
        }
    }
    return {};
}

/// The lines that were meant, the likeliest way first; none when nothing is near.
std::vector<std::string> meant(const std::string& word, std::string_view noun) {
    if (auto lines = noun.empty() ? commands_with(word, noun, {}) : std::vector<std::string>{}; !lines.empty()) {
        return lines;
    }
    if (auto lines = commands_for_foreign(core::ascii_lower(word), noun); !lines.empty()) {
        return lines;
    }
    if (const auto near = core::nearest(word, expected_words(noun)); !near.empty()) {
        return {fmt::format("xmppfed {}{}{}", noun, noun.empty() ? "" : " ", near)};
    }
    std::vector<std::string_view> foreign;
    std::ranges::transform(foreign_verbs, std::back_inserter(foreign), &ForeignVerb::word);
    return commands_for_foreign(core::nearest(word, foreign), noun);
}

}  // namespace

std::vector<std::string_view> expected_words(std::string_view noun) {
    std::vector<std::string_view> words;
    for (const auto* command : commands()) {
        const auto word = noun.empty() ? command->noun : command->verb;
        const bool belongs = noun.empty() || command->noun == noun;
        if (belongs && std::ranges::count(words, word) == 0) {
            words.push_back(word);
        }
    }
    return words;
}

void refuse_command(const std::string& word, std::string_view noun) {
    const auto where = noun.empty() ? std::string{} : fmt::format("{} ", noun);
    throw Error{ErrorKind::usage, fmt::format("there is no command {}", core::quote(where + word))}.suggesting(
        core::join(meant(word, noun), "` or `"), fmt::format("`xmppfed {}--help` lists the commands", where));
}

}  // namespace xmppfed::cli

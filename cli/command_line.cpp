#include "cli/command_line.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

using Words = std::vector<std::string>;

/// Whether the word is an option of every command that takes the next word as its value.
bool takes_next_word(std::string_view word) {
    Globals globals;
    OptionSet options;
    bind_globals(options, globals);
    return std::ranges::any_of(options.options(), [&](const Option& option) {
        const bool named =
            word == "--" + option.name || (option.letter != 0 && word == fmt::format("-{}", option.letter));
        return named && !option.is_flag();
    });
}

/// The index of the first word from `start` on that is no option and no option's value.
std::size_t next_plain_word(const Words& words, std::size_t start) {
    auto i = start;
    while (i < words.size() && words[i].starts_with('-')) {
        if (words[i] == "--") {
            return words.size();
        }
        i += takes_next_word(words[i]) ? std::size_t{2} : std::size_t{1};
    }
    return std::min(i, words.size());
}

/// The words that may follow `noun`, or the first words when it is empty.
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

[[noreturn]] void refuse_word(const std::string& word, std::string_view noun) {
    const auto expected = expected_words(noun);
    const auto where = noun.empty() ? std::string{} : fmt::format("{} ", noun);
    const auto near = core::nearest(word, expected);
    const auto line = near.empty() ? std::string{} : fmt::format("xmppfed {}{}", where, near);
    throw Error{ErrorKind::usage, fmt::format("there is no command {}", core::quote(where + word))}.suggesting(
        line, fmt::format("`xmppfed {}--help` lists the commands", where));
}

/// The last value among the words that an option seems to be given, whatever stands around it.
template <class E>
E last_value(const Words& words, std::string_view name, char letter, E fallback) {
    const auto whole = fmt::format("--{}", name);
    const auto short_form = letter == 0 ? std::string{} : fmt::format("-{}", letter);
    auto value = fallback;
    const auto consider = [&](std::string_view text) { value = core::parse_enum<E>(text).value_or(value); };
    for (auto word = words.begin(); word != words.end() && *word != "--"; ++word) {
        const bool named = *word == whole || (letter != 0 && *word == short_form);
        if (named && std::next(word) != words.end()) {
            consider(*std::next(word));
        } else if (word->starts_with(whole + "=")) {
            consider(std::string_view{*word}.substr(whole.size() + 1));
        } else if (letter != 0 && word->starts_with(short_form)) {
            consider(std::string_view{*word}.substr(short_form.size()));
        }
    }
    return value;
}

const Command* find(std::string_view noun, std::string_view verb) {
    const auto found = std::ranges::find_if(
        commands(), [&](const Command* command) { return command->noun == noun && command->verb == verb; });
    return found == commands().end() ? nullptr : *found;
}

}  // namespace

CommandLine find_command(const Words& arguments) {
    CommandLine line;
    line.words = arguments;
    const auto first = next_plain_word(line.words, 0);
    if (first == line.words.size()) {
        return line;
    }
    const auto noun = line.words[first];
    if (std::ranges::count(expected_words({}), noun) == 0) {
        refuse_word(noun, {});
    }
    line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(first));
    line.command = find(noun, {});
    if (line.command != nullptr) {
        return line;
    }
    line.noun = std::ranges::find(nouns(), noun, &Noun::name)->name;
    const auto second = next_plain_word(line.words, first);
    if (second == line.words.size()) {
        return line;
    }
    const auto verb = line.words[second];
    line.command = find(noun, verb);
    if (line.command == nullptr) {
        refuse_word(verb, line.noun);
    }
    line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(second));
    return line;
}

bool asks_for_help(const Words& words) {
    const auto end = std::ranges::find(words, "--");
    return std::any_of(words.begin(), end, [](const std::string& word) { return word == "--help" || word == "-h"; });
}

Format requested_format(const Words& arguments) {
    return last_value(arguments, "output", 'o', Format::table);
}

ColorMode requested_color(const Words& arguments) {
    return last_value(arguments, "color", 0, ColorMode::automatic);
}

}  // namespace xmppfed::cli

#include "cli/line/command_line.hpp"

#include <algorithm>
#include <iterator>

#include "cli/line/unknown_command.hpp"

namespace xmppfed::cli {

namespace {

using Words = std::vector<std::string>;

/// The options of every command, to recognise them before there is a command that could parse them.
class SharedOptions {
  public:
    SharedOptions() { bind_globals(set_, globals_); }

    [[nodiscard]] const Option* named(std::string_view word) const { return option_named(set_.options(), word); }

    /// The option with a value that ends a word of letters such as -qo or -qojson, and what of the word is its value.
    [[nodiscard]] std::pair<const Option*, std::string_view> bundled(std::string_view word) const {
        const bool is_bundle = word.starts_with('-') && !word.starts_with("--");
        for (std::size_t i = 1; is_bundle && i < word.size(); ++i) {
            const auto* option = named(std::string{'-', word[i]});
            if (option == nullptr) {
                break;
            }
            if (!option->is_flag()) {
                return {option, word.substr(i + 1)};
            }
        }
        return {};
    }

    /// Whether the word is an option that takes the next word as its value.
    [[nodiscard]] bool takes_next_word(std::string_view word) const {
        const auto [ending, value] = bundled(word);
        const auto* option = ending == nullptr ? named(word) : ending;
        return option != nullptr && !option->is_flag() && value.empty();
    }

  private:
    Globals globals_;
    OptionSet set_;
};

/// The index of the first word from `start` on that is no option and no option's value.
std::size_t next_plain_word(const Words& words, std::size_t start) {
    const SharedOptions shared;
    auto i = start;
    while (i < words.size() && words[i].starts_with('-')) {
        if (words[i] == "--") {
            return words.size();
        }
        i += shared.takes_next_word(words[i]) ? std::size_t{2} : std::size_t{1};
    }
    return std::min(i, words.size());
}

/// The last value among the words that an option of every command seems to be given, whatever stands around it.
template <class E>
E last_value(const Words& words, std::string_view name, E fallback) {
    const SharedOptions shared;
    auto value = fallback;
    const auto consider = [&](std::string_view text) { value = core::parse_enum<E>(text).value_or(value); };
    for (auto word = words.begin(); word != words.end() && *word != "--"; ++word) {
        const auto equals = word->find('=');
        const auto [bundled, rest] = shared.bundled(*word);
        const auto* option = bundled == nullptr ? shared.named(std::string_view{*word}.substr(0, equals)) : bundled;
        if (option == nullptr || option->name != name) {
            continue;
        }
        if (!rest.empty()) {
            consider(rest.starts_with('=') ? rest.substr(1) : rest);
        } else if (bundled == nullptr && equals != std::string::npos) {
            consider(std::string_view{*word}.substr(equals + 1));
        } else if (std::next(word) != words.end()) {
            consider(*std::next(word));
        }
    }
    return value;
}

/// Whether a word of letters such as -qh has that of --help. What follows the letter of an option with a value is the
/// value, and a word with a letter that is no option is none of these.
bool has_help_letter(std::string_view word, const std::vector<Option>& options) {
    bool found = false;
    for (std::size_t i = 1; word.starts_with('-') && i < word.size(); ++i) {
        const auto* option = option_named(options, std::string{'-', word[i]});
        if (option == nullptr) {
            return false;
        }
        found = found || option->name == "help";
        if (!option->is_flag()) {
            break;
        }
    }
    return found;
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
        refuse_command(noun, {});
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
        refuse_command(verb, line.noun);
    }
    line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(second));
    return line;
}

bool asks_for_help(const Words& words, const std::vector<Option>& options) {
    const auto end = std::ranges::find(words, "--");
    return std::any_of(words.begin(), end, [&](const std::string& word) {
        return word == "--help" || (!word.starts_with("--") && has_help_letter(word, options));
    });
}

Format requested_format(const Words& arguments) {
    return last_value(arguments, "output", Format::table);
}

ColorMode requested_color(const Words& arguments) {
    return last_value(arguments, "color", ColorMode::automatic);
}

}  // namespace xmppfed::cli

#include "cli/line/command_line.hpp"

#include <algorithm>
#include <iterator>

#include "cli/line/line_reader.hpp"
#include "cli/line/unknown_command.hpp"

namespace xmppfed::cli {

namespace {

using Words = std::vector<std::string>;

/// The options of every command, to recognise them before there is a command that could parse them.
class SharedOptions {
  public:
    SharedOptions() { bind_globals(set_, globals_); }

    [[nodiscard]] std::vector<LinePart> read(const Words& words) const { return read_line(set_.options(), words); }

  private:
    Globals globals_;
    OptionSet set_;
};

/// The indexes of the words that belong to no option, before a "--".
std::vector<std::size_t> plain_words(const Words& words) {
    const SharedOptions shared;
    std::vector<std::size_t> found;
    for (const auto& part : shared.read(words)) {
        if (part.kind == LinePart::Kind::end) {
            break;
        }
        if (part.kind == LinePart::Kind::plain) {
            found.push_back(part.word);
        }
    }
    return found;
}

/// The last value among the words that an option of every command is given.
template <class E>
std::optional<E> last_value(const Words& words, std::string_view name) {
    const SharedOptions shared;
    std::optional<E> value;
    for (const auto& part : shared.read(words)) {
        if (part.kind == LinePart::Kind::value && part.option->name == name) {
            if (const auto known = core::parse_enum<E>(part.text)) {
                value = known;
            }
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
    const auto plain = plain_words(arguments);
    if (plain.empty()) {
        return line;
    }
    const auto without = [&](std::size_t index) {
        line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(index));
    };
    const auto& noun = arguments[plain[0]];
    if (std::ranges::count(expected_words({}), noun) == 0) {
        refuse_command(noun, {});
    }
    without(plain[0]);
    line.command = find(noun, {});
    if (line.command != nullptr) {
        return line;
    }
    line.noun = std::ranges::find(nouns(), noun, &Noun::name)->name;
    if (plain.size() == 1) {
        return line;
    }
    const auto& verb = arguments[plain[1]];
    line.command = find(noun, verb);
    if (line.command == nullptr) {
        refuse_command(verb, line.noun);
    }
    without(plain[1] - 1);
    return line;
}

bool asks_for_help(const Words& words, const std::vector<Option>& options) {
    const auto parts = read_line(options, words);
    for (auto part = parts.begin(); part != parts.end(); ++part) {
        const auto next = std::next(part);
        const bool has_value = next != parts.end() && next->is_joined;  // which parsing refuses
        if (part->kind == LinePart::Kind::option && part->option->name == "help" && !has_value) {
            return true;
        }
    }
    return false;
}

Format requested_format(const Words& arguments) {
    return last_value<Format>(arguments, "output").value_or(Format::table);
}

std::optional<ColorMode> requested_color(const Words& arguments) {
    return last_value<ColorMode>(arguments, "color");
}

}  // namespace xmppfed::cli

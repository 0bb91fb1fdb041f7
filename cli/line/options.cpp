#include "cli/line/options.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/line/line_reader.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;
using core::quote;

using Words = std::vector<std::string>;

/// The line as CLI11 reads it right: each option by its long name, its value behind it, and nothing joined. It rejects
/// `--option=`, overlooks the value of `--flag=value`, and takes an option for the value of the one before.
Words spelled_out(const std::vector<LinePart>& parts) {
    using Kind = LinePart::Kind;
    Words result;
    const Option* waiting = nullptr;  // for its value
    for (const auto& part : parts) {
        if (waiting != nullptr && part.kind == Kind::option) {
            const auto shown = core::escape(part.text);
            throw Error{ErrorKind::usage, fmt::format("the option {} needs a value", quote("--" + waiting->name))}.hint(
                fmt::format("`{}` stands where its value is expected; if it is the value, write `--{}={}`", shown,
                            waiting->name, shown));
        }
        if (part.kind == Kind::value && part.option->is_flag()) {
            throw Error{ErrorKind::usage, fmt::format("--{} takes no value", part.option->name)};
        }
        waiting = part.kind == Kind::option && !part.option->is_flag() ? part.option : nullptr;
        if (part.kind == Kind::option) {
            result.push_back("--" + part.option->name);
        } else if (part.kind == Kind::value) {
            result.emplace_back(part.text);
        }
    }
    return result;
}

struct Declared {
    const Option* option;
    CLI::Option* parsed;
};

/// Declares the options that the line has to CLI11, which compares each with those before it, and must leave values alone:
/// no delimiters, no brackets, no conversions.
std::vector<Declared> declare(CLI::App& app, const std::vector<Option>& options, const std::vector<LinePart>& parts) {
    std::vector<Declared> declared;
    for (const auto& option : options) {
        if (std::ranges::count(parts, &option, &LinePart::option) == 0) {
            continue;
        }
        const auto names = "--" + option.name;
        auto* const parsed = option.is_flag()
                                 ? app.add_flag(names)
                                 : app.add_option(names)->expected(1)->allow_extra_args(false)->multi_option_policy(
                                       CLI::MultiOptionPolicy::TakeAll);
        declared.push_back({&option, parsed});
    }
    return declared;
}

[[noreturn]] void refuse_unknown_option(const std::string& word, const std::vector<Option>& options) {
    std::vector<std::string_view> names;
    std::ranges::transform(options, std::back_inserter(names), &Option::name);
    const auto name = word.substr(0, word.find('='));
    if (name == "-V" || name == "--version") {
        throw Error{ErrorKind::usage, fmt::format("there is no option {}", quote(name))}.suggesting(
            "xmppfed --version");
    }
    const auto near = core::nearest(name.substr(std::min(name.size(), name.find_first_not_of('-'))), names);
    throw Error{ErrorKind::usage, fmt::format("there is no option {}", quote(name))}.suggesting(
        near.empty() ? std::string{} : fmt::format("--{}", near), "`--help` lists the options of this command");
}

/// Where a word may belong that there is no place for: behind the option that a user of a command without arguments most
/// likely means.
std::string hint_for_stray(const std::string& word, bool takes_arguments, const std::vector<Option>& options) {
    const bool is_plain = core::is_plain_ascii(word) && word.find(' ') == std::string::npos;
    for (const std::string_view name : {"primary", "file"}) {
        if (!takes_arguments && is_plain && std::ranges::count(options, name, &Option::name) > 0) {
            return fmt::format("did you mean `--{} {}`?", name, word);
        }
    }
    return "`--help` shows what this command takes; quote a value that contains blanks";
}

void take_positionals(const Words& words, const std::optional<Positional>& positional,
                      const std::vector<Option>& options) {
    if (const auto most = positional ? positional->most : 0; words.size() > most) {
        throw Error{ErrorKind::usage, fmt::format("there is no place for the argument {}", quote(words[most]))}.hint(
            hint_for_stray(words[most], positional.has_value(), options));
    }
    if (positional && words.size() < positional->least) {
        throw Error{ErrorKind::usage, fmt::format("the argument {} is missing", positional->name)}.hint(
            "`--help` shows what this command takes");
    }
    if (positional && !words.empty()) {
        positional->take(words);
    }
}

Words split_items(const Words& values) {
    Words items;
    for (const auto& value : values) {
        std::ranges::transform(core::split(value, ','), std::back_inserter(items),
                               [](const auto& item) { return core::trimmed(item); });
    }
    return items;
}

}  // namespace

const Option* option_named(const std::vector<Option>& options, std::string_view word) {
    const auto found = std::ranges::find_if(options, [&](const Option& option) {
        const bool by_letter = option.letter != 0 && word.size() == 2 && word[0] == '-' && word[1] == option.letter;
        return by_letter || (word.starts_with("--") && word.substr(2) == option.name);
    });
    return found == options.end() ? nullptr : &*found;
}

void OptionSet::add(Option option) {
    option.group = group_;
    options_.push_back(std::move(option));
}

void OptionSet::flag(std::string name, bool& target, std::string meaning) {
    add({.name = std::move(name), .meaning = std::move(meaning), .take = [&target](const auto&) { target = true; }});
}

void OptionSet::text(Option option, std::optional<std::string>& target) {
    option.take = [&target](const auto& values) { target = values.back(); };
    add(std::move(option));
}

void OptionSet::list(Option option, std::vector<std::string>& target) {
    option.repeat = Repeat::collects;
    option.take = [&target](const auto& values) { target = split_items(values); };
    add(std::move(option));
}

void OptionSet::number(Option option, std::optional<std::int64_t>& target) {
    option.take = [&target, shown = "--" + option.name](const auto& values) {
        target = core::read_number(shown, values.back());
    };
    add(std::move(option));
}

void OptionSet::number(Option option, std::optional<std::int64_t>& target, const NumberRange& range) {
    option.take = [&target, range, shown = "--" + option.name](const auto& values) {
        const auto number = core::read_number(shown, values.back());
        if (number < range.least || number > range.most) {
            throw core::Error{core::ErrorKind::usage, fmt::format("{} {} is out of range", shown, values.back())}.hint(
                fmt::format("give {} to {}{}{}", range.least, range.most, range.unit.empty() ? "" : " ", range.unit));
        }
        target = number;
    };
    add(std::move(option));
}

void OptionSet::record_number(Option option, std::optional<std::int64_t>& target, const RecordKind& kind) {
    option.take = [&target, kind, shown = "--" + option.name](const auto& values) {
        target = core::read_record_number(shown, values.back(), kind.what, kind.hint);
    };
    add(std::move(option));
}

void OptionSet::boolean(Option option, std::optional<bool>& target) {
    option.values = core::boolean_values();
    option.take = [&target, shown = "--" + option.name](const auto& values) {
        target = core::read_boolean(shown, values.back());
    };
    add(std::move(option));
}

const Option& OptionSet::named(std::string_view name) const {
    return *std::ranges::find(options_, name, &Option::name);
}

Given OptionSet::parse(const Words& words) const {
    CLI::App app;
    app.set_help_flag();
    const auto parts = read_line(options_, words);
    const auto declared = declare(app, options_, parts);
    auto reversed = spelled_out(parts);
    std::ranges::reverse(reversed);
    try {
        app.parse(std::move(reversed));
    } catch (const CLI::ArgumentMismatch&) {  // only the last word can lack what follows it
        const auto end = std::ranges::find(words, "--");
        throw Error{ErrorKind::usage, fmt::format("the option {} needs a value", quote(*std::prev(end)))};
    } catch (const CLI::ParseError& error) {
        throw Error{ErrorKind::usage, "the command line cannot be read"}.because(core::escape(error.what()));
    }
    Given given;
    auto& positionals = given.positionals;
    for (const auto& part : parts) {
        if (part.kind == LinePart::Kind::stranger) {
            const bool is_whole = part.text == words[part.word];
            refuse_unknown_option((is_whole ? "" : "-") + std::string{part.text}, options_);
        }
        if (part.kind == LinePart::Kind::plain) {
            positionals.push_back(words[part.word]);
        }
    }
    for (const auto& [option, parsed] : declared) {
        if (parsed->count() > 1 && option->repeat == Repeat::no && !option->is_flag()) {
            throw Error{ErrorKind::usage, fmt::format("--{} is given more than once", option->name)};
        }
        option->take(parsed->results());
        given.options[option->name] = option->is_flag() ? Words{} : parsed->results();
    }
    take_positionals(positionals, positional_, options_);
    return given;
}

std::vector<std::string> comma_items(const std::vector<std::string>& values) {
    return values.size() == 1 && values.front().empty() ? Words{} : split_items(values);
}

}  // namespace xmppfed::cli

#include "cli/line/help_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/line/help_topics.hpp"
#include "cli/terminal/wrapping.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::size_t widest = 100;
constexpr std::size_t narrowest = 40;
constexpr std::size_t name_column = 30;

}  // namespace

std::string help_entry(std::string_view name, std::string_view meaning, std::size_t width) {
    const bool narrow = width < 2 * name_column;
    const std::size_t column = narrow ? 8 : name_column;
    auto line = fmt::format("  {}", name);
    if (meaning.empty()) {
        return line + "\n";
    }
    if (core::display_width(line) + 2 > column) {
        line += "\n" + std::string(column, ' ');
    } else {
        line += std::string(column - core::display_width(line), ' ');
    }
    return line + wrapped(meaning, width - column, column) + "\n";
}

std::size_t help_width(std::optional<std::size_t> columns) {
    return std::clamp(columns.value_or(widest), narrowest, widest);
}

namespace {

std::string option_name(const Option& option) {
    const auto letter = option.letter == 0 ? std::string{} : fmt::format("-{}, ", option.letter);
    const auto value = option.is_flag() ? std::string{} : fmt::format(" {}", option.value_name);
    return fmt::format("{}--{}{}", letter, option.name, value);
}

std::string option_entry(const Option& option, std::size_t width) {
    auto meaning = option.meaning;
    if (!option.values.empty()) {
        meaning += ": " + core::list_of(option.values);
    }
    if (!option.default_text.empty()) {
        meaning += fmt::format(" [default: {}]", option.default_text);
    }
    auto text = help_entry(option_name(option), meaning, width);
    for (const auto& value : option.values) {
        if (!value.meaning.empty()) {
            text += help_entry(fmt::format("    {}", value.name), value.meaning, width);
        }
    }
    return text;
}

std::string usage(const Command& command, const OptionSet& options) {
    auto text = "xmppfed " + command.name();
    if (const auto& positional = options.positional()) {
        const auto name = fmt::format("{}{}", positional->name, positional->most > 1 ? "..." : "");
        text += positional->least > 0 ? " " + name : fmt::format(" [{}]", name);
    }
    return text + " [OPTIONS]";
}

std::string examples(const Command& command, const Style& style) {
    std::string text;
    for (const auto& example : command.examples) {
        text += fmt::format("  {}\n  $ xmppfed {}\n", style.dim(fmt::format("# {}", example.what)), example.command);
    }
    return text;
}

}  // namespace

std::string command_help(const Command& command, const Style& style, std::optional<std::size_t> columns) {
    const auto width = help_width(columns);
    Globals globals;
    const auto request = command.make();
    const auto options = all_options(command, *request, globals);
    auto text = fmt::format("{}\n\n{}\n{}", wrapped(command.summary, width, 0), style.bold("Examples:"),
                            examples(command, style));
    text += fmt::format("\n{} {}\n", style.bold("Usage:"), usage(command, options));
    if (!command.description.empty()) {
        text += "\n" + wrapped(command.description, width, 0) + "\n";
    }
    if (const auto& positional = options.positional()) {
        text += "\n" + help_entry(positional->name, positional->meaning, width);
    }
    std::string_view group;
    for (const auto& option : options.options()) {
        if (option.group != group) {
            group = option.group;
            text += fmt::format("\n{}\n", style.bold(fmt::format("{}:", group)));
        }
        text += option_entry(option, width);
    }
    return text;
}

std::string noun_help(std::string_view noun, const Style& style) {
    const auto summary = std::ranges::find(nouns(), noun, &Noun::name)->summary;
    auto text = fmt::format("{}\n\n{} xmppfed {} COMMAND [OPTIONS]\n\n{}\n", summary, style.bold("Usage:"), noun,
                            style.bold("Commands:"));
    for (const auto* command : commands()) {
        if (command->noun == noun) {
            text += help_entry(command->verb, command->summary, widest);
        }
    }
    return text + fmt::format("\n`xmppfed {} COMMAND --help` tells more of a command.\n", noun);
}

std::string program_help(const Style& style) {
    auto text = fmt::format(
        "Administer XMPP federation: partners, certificates and DNS\n\n{}\n"
        "  $ xmppfed partner new --primary fabrikam.com --type federated\n"
        "  $ xmppfed partner list\n"
        "  $ xmppfed partner explain --preset flexible\n\n{} xmppfed COMMAND [OPTIONS]\n",
        style.bold("Examples:"), style.bold("Usage:"));
    for (const auto& noun : nouns()) {
        text += fmt::format("\n{}\n", style.bold(fmt::format("{}:", noun.summary)));
        for (const auto* command : commands()) {
            if (command->noun == noun.name) {
                text += help_entry(command->name(), command->summary, widest);
            }
        }
    }
    text += fmt::format("\n{}\n", style.bold("More:"));
    for (const auto* command : commands()) {
        if (command->verb.empty()) {
            text += help_entry(command->noun, command->summary, widest);
        }
    }
    text += fmt::format("\n{}\n", style.bold("Topics:"));
    text += help_entry("help TOPIC", "what the manual says of", widest);
    for (const auto& topic : help_topics()) {
        text += help_entry(fmt::format("    {}", topic.name), topic.meaning, widest);
    }
    text += help_entry("help RULE", "what a rule means, by the id that stands in brackets behind a message", widest);
    OptionSet options;
    Globals globals;
    bind_globals(options, globals);
    text += fmt::format("\n{}\n", style.bold("Options of every command:"));
    for (const auto& option : options.options()) {
        text += option_entry(option, widest);
    }
    text +=
        fmt::format("\n{}\n{}", style.bold("Without a command:"), help_entry("--version", "show the version", widest));
    return text + "\n`xmppfed COMMAND --help` tells more of a command.\n";
}

}  // namespace xmppfed::cli

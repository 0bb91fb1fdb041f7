#include "man/command_page.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::manual {

namespace {

using cli::Command;
using cli::Nature;
using cli::Option;
using cli::OptionSet;
using cli::Positional;

/// Headings of the options that many commands share: the synopsis is about the others.
constexpr std::array<std::string_view, 4> shared_groups{"Options of changing commands",
                                                        "Options of changing commands and checks",
                                                        "Options of every command", "Page by page"};

bool is_shared(const Option& option) {
    return std::ranges::count(shared_groups, option.group) != 0;
}

/// A phrase of the help as a sentence.
std::string sentence(std::string text) {
    const auto word = text.substr(0, text.find(' '));
    if (!word.empty() && word.back() != ':' && word.front() != '`') {
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    }
    return text + (text.ends_with('.') ? "" : ".");
}

std::string decapitalised(std::string_view summary) {
    std::string text{summary};
    text.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
    return text;
}

std::string option_macros(const Option& option) {
    auto text = "Fl -" + argument(option.name);
    return option.is_flag() ? text : text + " Ar " + argument(option.value_name);
}

std::string values_text(const Option& option) {
    const auto has_meaning = [](const core::EnumValue& value) { return !value.meaning.empty(); };
    if (std::ranges::none_of(option.values, has_meaning)) {
        return paragraph(fmt::format("It is {}.", core::list_of(option.values)));
    }
    std::string text = ".Bl -tag -width Ds -compact\n";
    for (const auto& value : option.values) {
        text += fmt::format(".It Cm {}\n", argument(value.name));
        text += value.meaning.empty() ? "" : paragraph(sentence(std::string{value.meaning}));
    }
    return text + ".El\n";
}

std::string default_text(const Option& option) {
    if (option.default_text.empty()) {
        return {};
    }
    const bool must_be_given = option.default_text == "required" && option.values.empty();
    return paragraph(must_be_given ? "It must be given." : fmt::format("Default: {}.", option.default_text));
}

std::string option_text(const Command& command, const Option& option) {
    if (option.meaning.empty()) {
        throw Problem{fmt::format("the option --{} of `{}` has no meaning: give it one where the command binds it",
                                  option.name, command.name())};
    }
    auto text = option.letter == 0 ? std::string{".It "} : fmt::format(".It Fl {} , ", option.letter);
    text += option_macros(option) + "\n" + paragraph(sentence(option.meaning));
    if (option.values.empty()) {
        return text + default_text(option);
    }
    return text + default_text(option) + values_text(option);
}

std::string positional_macros(const Positional& positional) {
    const auto name = argument(positional.name) + (positional.most > 1 ? " ..." : "");
    return positional.least > 0 ? "Ar " + name : "Op Ar " + name;
}

std::string synopsis(const Command& command, const OptionSet& options) {
    auto text = fmt::format(".Nm xmppfed\n.Cm {}\n", command.name());
    if (const auto& positional = options.positional()) {
        text += "." + positional_macros(*positional) + "\n";
    }
    for (const auto& option : options.options()) {
        if (!is_shared(option)) {
            text += fmt::format(".Op {}\n", option_macros(option));
        }
    }
    return text + ".Op Ar shared options\n";
}

std::string options_text(const Command& command, const OptionSet& options) {
    std::string text;
    if (const auto& positional = options.positional()) {
        if (positional->meaning.empty()) {
            throw Problem{fmt::format("the argument {} of `{}` has no meaning", positional->name, command.name())};
        }
        text += fmt::format(".Bl -tag -width Ds\n.It Ar {}\n{}.El\n", argument(positional->name),
                            paragraph(sentence(std::string{positional->meaning})));
    }
    std::string_view group;
    for (const auto& option : options.options()) {
        if (option.group != group) {
            text += group.empty() ? "" : ".El\n";
            group = option.group;
            text += fmt::format(".Ss {}\n.Bl -tag -width Ds\n", group);
        }
        text += option_text(command, option);
    }
    return text + (group.empty() ? "" : ".El\n");
}

struct Status {
    int code;
    std::string_view meaning;
};

/// What the exit codes mean for a command of that nature.
std::vector<Status> statuses(Nature nature) {
    constexpr Status failed{1,
                            "The operation failed: input or output, a damaged or foreign store, a declined question."};
    constexpr Status usage{2, "The command line is wrong."};
    constexpr Status not_found{4, "Something that the command line names does not exist."};
    constexpr Status conflict{
        5, "Conflict: a domain is claimed, a file exists, a revision moved on, or what is there does not allow it."};
    constexpr Status busy{6, "Another process locked the store for longer than `--wait` says."};
    constexpr Status unknown{
        7, "A store in a database: the connection was lost during a commit, and what became of that is not known."};
    switch (nature) {
    case Nature::explains:
    case Nature::reads:
        return {{0, "Done."}, failed, usage, {3, "A rule refused what was given, or the edge lacks what is needed."},
                not_found,    busy};
    case Nature::checks:
        return {{0, "No error was found."},
                failed,
                usage,
                {3, "An error was found, or with `--strict` a warning."},
                not_found,
                busy};
    case Nature::changes:
        return {{0, "Done: what was asked is committed and durable."},
                failed,
                usage,
                {3, "A rule refused it, and nothing was committed."},
                not_found,
                conflict,
                busy,
                unknown};
    case Nature::writes:
    case Nature::prepares:
        return {{0, "Done."}, failed, usage, not_found, conflict, busy};
    case Nature::renders:
        return {{0, "Done: the files are written, or are the same already."},
                failed,
                usage,
                {3, "A rule refused it, and nothing was written."},
                not_found,
                conflict,
                busy};
    }
    return {};
}

/// The codes of the command, with those that an option of its own brings.
std::vector<Status> statuses(Nature nature, const cli::OptionSet& options) {
    auto all = statuses(nature);
    const auto takes = [&](std::string_view name) {
        return std::ranges::count(options.options(), name, &cli::Option::name) > 0;
    };
    const auto add = [&](const Status& status) {
        if (std::ranges::count(all, status.code, &Status::code) == 0) {
            all.insert(std::ranges::upper_bound(all, status.code, {}, &Status::code), status);
        }
    };
    if (takes("if-store-revision")) {
        add({5, "The store is at another revision than `--if-store-revision` says."});
    }
    if (takes("detailed-exitcode")) {
        add({10, "With `--detailed-exitcode`: there are changes to apply."});
    }
    return all;
}

std::string exit_status(Nature nature, const cli::OptionSet& options) {
    std::string text = ".Bl -tag -width Ds -compact\n";
    for (const auto& status : statuses(nature, options)) {
        text += fmt::format(".It {}\n{}", status.code, paragraph(status.meaning));
    }
    return text + ".El\n";
}

}  // namespace

Page command_page(const Command& command, const Fragment& fragment) {
    for (const auto* title : {"DESCRIPTION", "EXAMPLES"}) {
        if (fragment.lines_of(title) == nullptr) {
            throw Problem{fmt::format("{}: there is no section {}", fragment.path.string(), title)};
        }
    }
    cli::Globals globals;
    const auto request = command.make();
    const auto options = cli::all_options(command, *request, globals);
    Sections sections;
    sections.add("SYNOPSIS", synopsis(command, options));
    sections.add("OPTIONS", options_text(command, options));
    sections.add("EXIT STATUS", exit_status(command.nature, options));
    sections.add(fragment);
    sections.add_reference("xmppfed", '1');
    return {command.page_name(), '1', decapitalised(command.summary), sections.text()};
}

std::string command_list() {
    std::string text = ".Bl -tag -width Ds -compact\n";
    for (const auto* command : cli::commands()) {
        text +=
            fmt::format(".It Xr {} 1\n{}", command->page_name(), paragraph(sentence(std::string{command->summary})));
    }
    return text + ".El\n";
}

}  // namespace xmppfed::manual

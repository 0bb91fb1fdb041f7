#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/line/command_line.hpp"
#include "cli/line/help_text.hpp"
#include "cli/line/help_topics.hpp"
#include "cli/line/unknown_command.hpp"
#include "core/error.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

class Help : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "WORDS",
                            .meaning = "a command, a topic or the id of a rule",
                            .most = 2,
                            .names = Names::command,
                            .take = [this](const auto& words) { words_ = words; }});
    }
    ExitCode run(Context& context) const override {
        if (print_topic(context)) {
            return ExitCode::done;
        }
        refuse_unknown();
        const auto line = find_command(words_);
        if (line.command != nullptr && !line.words.empty()) {
            throw core::Error{core::ErrorKind::usage,
                              fmt::format("there is no place for the argument {}", core::quote(line.words.front()))}
                .hint("name one command");
        }
        const auto wants_page = context.world().terminal.stdout_is_one && !context.globals().no_input;
        if (line.command != nullptr && wants_page && context.world().open_manual(line.command->page_name())) {
            return ExitCode::done;
        }
        if (line.command != nullptr) {
            context.out().write(command_help(*line.command, context.style(), context.world().terminal.columns));
        } else {
            context.out().write(line.noun.empty() ? program_help(context.style())
                                                  : noun_help(line.noun, context.style()));
        }
        return ExitCode::done;
    }

  private:
    [[nodiscard]] bool print_topic(Context& context) const;
    void refuse_unknown() const;

    std::vector<std::string> words_;
};

/// Whether the words are a topic or a rule; one that is a noun too gets its commands.
bool Help::print_topic(Context& context) const {
    const auto text = words_.size() == 1 ? topic_help(words_.front(), context.style(), context.world().terminal.columns)
                                         : std::nullopt;
    if (!text) {
        return false;
    }
    context.out().write(*text);
    const auto is_named = [&](const Noun& noun) { return noun.name == core::ascii_lower(words_.front()); };
    if (const auto noun = std::ranges::find_if(nouns(), is_named); noun != nouns().end()) {
        context.out().write("\n" + noun_help(noun->name, context.style()));
    }
    return true;
}

/// A word that is neither a command, a topic nor a rule: the nearest of all of them is told. Words that other tools use
/// for commands are known to who finds commands.
void Help::refuse_unknown() const {
    const auto commands = expected_words({});
    if (words_.size() != 1 || std::ranges::count(commands, words_.front()) > 0) {
        return;
    }
    std::vector<std::string_view> others;
    std::ranges::transform(help_topics(), std::back_inserter(others), &HelpTopic::name);
    std::ranges::transform(core::rule::table, std::back_inserter(others), &core::Rule::id);
    const auto near = core::nearest(words_.front(), others);
    if (!near.empty() && core::nearest(words_.front(), commands).empty()) {
        throw core::Error{core::ErrorKind::usage,
                          fmt::format("there is no command, topic or rule {}", core::quote(words_.front()))}
            .suggesting(fmt::format("xmppfed help {}", near));
    }
}

}  // namespace

constinit const Command help{
    .noun = "help",
    .verb = {},
    .summary = "Explain a command, a topic or a rule",
    .description =
        "On a terminal it opens a command's manual page. Where that cannot be had, and elsewhere, it prints what "
        "--help prints. Of a topic (rules, manifest, edge, servers, exit-codes, environment) and of a rule it prints "
        "what the manual says.",
    .examples =
        {
            {"help", "all commands"},
            {"help partner new", "one of them, by its manual page on a terminal"},
            {"help exit-codes", "a topic"},
            {"help sasl-requires-tls", "a rule, by the id that stands behind a message"},
        },
    .nature = Nature::explains,
    .formats = Formats::text,
    .make = make_request<Help>,
};

}  // namespace xmppfed::cli

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/line/command_line.hpp"
#include "cli/line/help_text.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

class Help : public CommandRequest {
  public:
    void bind(OptionSet& options) override {
        options.positional({.name = "COMMAND",
                            .meaning = "the command to explain",
                            .most = 2,
                            .names = Names::command,
                            .take = [this](const auto& words) { words_ = words; }});
    }
    ExitCode run(Context& context) const override {
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
    std::vector<std::string> words_;
};

}  // namespace

constinit const Command help{
    .noun = "help",
    .verb = {},
    .summary = "Explain a command",
    .description =
        "On a terminal it opens the command's manual page. Where that cannot be had, and elsewhere, it prints what "
        "--help prints.",
    .examples =
        {
            {"help", "all commands"},
            {"help partner new", "one of them, by its manual page on a terminal"},
        },
    .nature = Nature::explains,
    .formats = Formats::text,
    .make = make_request<Help>,
};

}  // namespace xmppfed::cli

#include "cli/wizard/interview.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/line/settings.hpp"
#include "cli/line/shell_words.hpp"
#include "cli/terminal/wrapping.hpp"
#include "cli/wizard/interactive_request.hpp"
#include "cli/wizard/page_answer.hpp"
#include "cli/wizard/page_text.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::string_view back = "<";
constexpr std::string_view leave = "cancel";

enum class Turn { forward, backward };

Error left(std::string message) {
    return Error{ErrorKind::failed, std::move(message) + "; nothing was changed"}.hint(
        "run the command again, or give the values as options: `--help` lists them");
}

/// The world in which answers are tried out: all output is for the person.
World trial_world(const World& world, Output& out) {
    return {.out = out,
            .err = out,
            .terminal = {.stdin_is_one = world.terminal.stdin_is_one,
                         .stdout_is_one = world.terminal.stderr_is_one,
                         .stderr_is_one = world.terminal.stderr_is_one,
                         .columns = world.terminal.message_columns,
                         .message_columns = world.terminal.message_columns},
            .now = world.now,
            .environment = world.environment,
            .actor = world.actor,
            .current_directory = world.current_directory,
            .read_line = world.read_line,
            .interrupted = world.interrupted};
}

/// What a trial of the whole is asked to do: what --dry-run does, for a person.
Globals trial_globals(Globals globals) {
    globals.dry_run = true;
    globals.output = Format::table;
    globals.quiet = false;
    return globals;
}

class Interview {
  public:
    Interview(const Command& command, const Given& given, Context& context)
        : command_{command},
          context_{context},
          empty_{command.make()},
          options_{all_options(command, *empty_, globals_)},
          answers_{given},
          out_{context.world().err, context.world().terminal.message_columns},
          world_{trial_world(context.world(), out_)},
          style_{style_of(world_, context.globals().color, world_.terminal.stderr_is_one)},
          messages_{out_, style_} {}

    ExitCode run();

  private:
    [[nodiscard]] std::unique_ptr<InteractiveRequest> request_of(const Answers& answers) const;
    [[nodiscard]] std::vector<Page> pages();
    [[nodiscard]] std::string read(std::string_view prompt);
    Turn ask(const std::vector<Page>& pages, std::size_t at);
    [[nodiscard]] bool take(const Page& page, const std::string& answer);
    Turn confirm();
    ExitCode carry_out();

    const Command& command_;
    Context& context_;
    std::unique_ptr<CommandRequest> empty_;
    Globals globals_;
    OptionSet options_;  ///< what there is to know of them; bound to the empty request
    Answers answers_;
    WrappedOutput out_;
    World world_;
    Style style_;
    Messages messages_;
};

/// The request that these answers make, read by the options' own code.
std::unique_ptr<InteractiveRequest> Interview::request_of(const Answers& answers) const {
    auto request = command_.make_interactive();
    Globals globals;
    const auto options = all_options(command_, *request, globals);
    (void)options.parse(answers.words(options));
    return request;
}

/// Each look at the store is one of its own: it is not kept open, let alone locked, while somebody thinks.
std::vector<Page> Interview::pages() {
    Context look{world_, context_.globals(), messages_};
    return request_of(answers_)->pages(look, answers_);
}

std::string Interview::read(std::string_view prompt) {
    out_.write(prompt);
    out_.flush();
    const auto line = world_.read_line();
    if (!line) {
        out_.write("\n");
        out_.flush();
        throw left("the input ended");
    }
    auto answer = core::trimmed(*line, " \t\r");
    if (core::ascii_lower(answer) == leave) {
        throw left("cancelled");
    }
    return answer;
}

/// Whether the answer is taken: its option can read it, and the request finds nothing wrong with it.
bool Interview::take(const Page& page, const std::string& answer) {
    try {
        if (answer.find('\0') != std::string::npos) {
            throw Error{ErrorKind::usage, "an answer cannot contain a NUL character"}.hint("type it without");
        }
        auto next = answered(answers_, page, options_, answer);
        Context look{world_, context_.globals(), messages_};
        request_of(next)->review(look, next, page);
        answers_ = std::move(next);
        return true;
    } catch (const Error& error) {
        messages_.failure(error);
        return false;
    }
}

Turn Interview::ask(const std::vector<Page>& pages, std::size_t at) {
    const auto& page = pages[at];
    out_.write(page_text(page, options_, {at + 1, pages.size()}, style_));
    for (;;) {
        const auto answer = read(prompt_of(page));
        if (answer != back) {
            if (take(page, answer)) {
                return Turn::forward;
            }
        } else if (at == 0) {
            out_.write("This is the first page.\n");
        } else {
            return Turn::backward;
        }
    }
}

/// The summary, which is what a dry run prints, and the one question. What refuses the whole leads back.
Turn Interview::confirm() {
    out_.write(fmt::format("\n{}\n", style_.bold("Summary")));
    try {
        const auto globals = trial_globals(context_.globals());
        Context trial{world_, globals, messages_};
        (void)request_of(answers_)->run(trial);
    } catch (const Error& error) {
        messages_.failure(error);
        return Turn::backward;
    }
    out_.write(style_.dim("y commits, < goes back, anything else ends without a change") + "\n");
    const auto answer = read("Commit? [y/N] ");
    if (answer == back) {
        return Turn::backward;
    }
    if (!affirms(answer)) {
        throw left("declined");
    }
    return Turn::forward;
}

ExitCode Interview::carry_out() {
    const auto request = request_of(answers_);
    const auto code = request->run(context_);
    context_.out().flush();  // a commit whose result nobody saw is reported before anything else
    if (!request->asks_for_nothing()) {
        answers_.drop("interactive");
        auto words = answers_.words(options_);
        words.insert(words.begin(), {"xmppfed", std::string{command_.noun}, std::string{command_.verb}});
        context_.messages().note("the same without questions:\n  " + shell_line(words));
    }
    return code;
}

ExitCode Interview::run() {
    if (!context_.is_interactive()) {
        throw Error{ErrorKind::usage, "--interactive needs a terminal for standard input and standard error"}.hint(
            fmt::format("give the values as options: `xmppfed {} --help` lists them", command_.name()));
    }
    auto all = pages();
    out_.write(fmt::format("{}\n", command_.summary));
    for (std::size_t at = 0;;) {
        while (at < all.size()) {
            at += ask(all, at) == Turn::forward ? std::size_t{1} : std::size_t{0} - 1;
            all = pages();
        }
        const bool decided = context_.globals().dry_run || request_of(answers_)->asks_for_nothing();
        if (decided || confirm() == Turn::forward) {
            return carry_out();
        }
        at = all.size() - 1;
    }
}

}  // namespace

ExitCode interview(const Command& command, const Given& given, Context& context) {
    return Interview{command, given, context}.run();
}

}  // namespace xmppfed::cli

#include "cli/wizard/interview.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "cli/settings/settings.hpp"
#include "cli/terminal/wrapping.hpp"
#include "cli/wizard/interactive_request.hpp"
#include "cli/wizard/page_answer.hpp"
#include "cli/wizard/page_text.hpp"
#include "core/text/shell_words.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr char back = '<';
constexpr std::string_view leave = "cancel";

/// The page behind the last one is the summary.
using PageIndex = std::size_t;

bool goes_elsewhere(std::string_view answer) {
    return answer.starts_with(back) &&
           std::ranges::all_of(answer.substr(1), [](char c) { return c >= '0' && c <= '9'; });
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
            .edit_line = world.edit_line,
            .host_name = world.host_name,
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
          style_{style_of(world_, context.settings(), context.globals().color, world_.terminal.stderr_is_one)},
          messages_{out_, style_},
          first_line_{same_line()} {}

    ExitCode run();

  private:
    [[nodiscard]] std::unique_ptr<InteractiveRequest> request_of(const Answers& answers) const;
    [[nodiscard]] std::vector<Page> pages();
    [[nodiscard]] std::string read(std::string_view prompt);
    [[nodiscard]] Error left(std::string message);
    [[nodiscard]] std::string same_line() const;
    [[nodiscard]] std::optional<PageIndex> page_named(std::string_view answer, PageIndex at, std::size_t count);
    [[nodiscard]] PageIndex ask(const std::vector<Page>& pages, PageIndex at);
    [[nodiscard]] bool take(const Page& page, const std::string& answer);
    [[nodiscard]] std::optional<PageIndex> confirm(std::size_t count);
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
    std::string first_line_;  ///< what the command line said
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
    Context look{world_, context_.settings(), context_.globals(), messages_};
    return request_of(answers_)->pages(look, answers_);
}

/// The command line that says what was said so far.
std::string Interview::same_line() const {
    auto said = answers_;
    said.drop("interactive");
    auto words = said.words(options_);
    words.insert(words.begin(), {"xmppfed", std::string{command_.noun}, std::string{command_.verb}});
    return core::shell_line(words);
}

/// What to throw when somebody leaves: nothing typed is lost.
Error Interview::left(std::string message) {
    auto error = Error{ErrorKind::failed, std::move(message) + "; nothing was changed"};
    if (same_line() == first_line_) {
        return std::move(error).hint("run the command again, or give the values as options: `--help` lists them");
    }
    context_.messages().note("what was said so far:\n  " + same_line());
    return std::move(error).hint("that command line goes on from there; add --interactive for the questions");
}

std::string Interview::read(std::string_view prompt) {
    out_.write(prompt);
    const auto last_line = out_.take_last_line();
    const auto line = world_.edit_line(last_line);
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
        Context look{world_, context_.settings(), context_.globals(), messages_};
        request_of(next)->review(look, next, page);
        answers_ = std::move(next);
        return true;
    } catch (const Error& error) {
        messages_.failure(error);
        return false;
    }
}

/// The page that `<` or `<N` leads to from one; none, and a word about it, when there is no such page.
std::optional<PageIndex> Interview::page_named(std::string_view answer, PageIndex at, std::size_t count) {
    const auto digits = answer.substr(1);
    PageIndex number = at;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (number >= 1 && number <= count) {
        return number - 1;
    }
    out_.write(digits.empty() ? "This is the first page.\n" : fmt::format("The pages are 1 to {}.\n", count));
    return std::nullopt;
}

/// Which page is next.
PageIndex Interview::ask(const std::vector<Page>& pages, PageIndex at) {
    const auto& page = pages[at];
    out_.write(page_text(page, options_, {at + 1, pages.size()}, style_));
    for (;;) {
        const auto answer = read(prompt_of(page));
        if (goes_elsewhere(answer)) {
            if (const auto next = page_named(answer, at, pages.size())) {
                return *next;
            }
        } else if (take(page, answer)) {
            return at + 1;
        }
    }
}

/// The summary, which is what a dry run prints, and the one question. What refuses the whole leads back, to the page
/// that is returned; none when it is agreed on.
std::optional<PageIndex> Interview::confirm(std::size_t count) {
    out_.write(fmt::format("\n{}\n", style_.bold("Summary")));
    try {
        const auto globals = trial_globals(context_.globals());
        Context trial{world_, context_.settings(), globals, messages_};
        (void)request_of(answers_)->run(trial);
    } catch (const Error& error) {
        messages_.failure(error);
        return count - 1;
    }
    out_.write(style_.dim("y commits, < goes back, <N to page N, anything else ends without a change") + "\n");
    for (;;) {
        const auto answer = read("Commit? [y/N] ");
        if (goes_elsewhere(answer)) {
            if (const auto next = page_named(answer, count, count)) {
                return next;
            }
        } else if (affirms(answer)) {
            return std::nullopt;
        } else {
            throw left("declined");
        }
    }
}

ExitCode Interview::carry_out() {
    const auto request = request_of(answers_);
    const auto code = request->run(context_);
    context_.out().flush();  // a commit whose result nobody saw is reported before anything else
    if (!request->asks_for_nothing()) {
        context_.messages().note("the same without questions:\n  " + same_line());
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
    for (PageIndex at = 0;;) {
        while (at < all.size()) {
            at = ask(all, at);
            all = pages();
        }
        const bool decided = context_.globals().dry_run || request_of(answers_)->asks_for_nothing();
        const auto before = decided ? std::nullopt : confirm(all.size());
        if (!before) {
            return carry_out();
        }
        at = *before;
    }
}

}  // namespace

ExitCode interview(const Command& command, const Given& given, Context& context) {
    return Interview{command, given, context}.run();
}

}  // namespace xmppfed::cli

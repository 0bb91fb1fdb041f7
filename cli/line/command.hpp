#pragma once

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/exit_code.hpp"
#include "cli/line/options.hpp"

namespace xmppfed::cli {

class Context;
class InteractiveRequest;

/// What a user said to one command, and how to carry it out. A request is made empty, bound to options, filled by
/// parsing, then run; it holds nothing that the user did not say.
class CommandRequest {
  public:
    CommandRequest() = default;
    CommandRequest(const CommandRequest&) = delete;
    CommandRequest& operator=(const CommandRequest&) = delete;
    virtual ~CommandRequest() = default;

    virtual void bind(OptionSet& options) = 0;

    /// The format that an option of its own asks for, as `--output` would.
    [[nodiscard]] virtual std::optional<Format> output() const { return std::nullopt; }

    /// Does it. Failures are thrown; the exit code is `done`, or what a check found.
    virtual ExitCode run(Context& context) const = 0;
};

struct Example {
    std::string_view command;  ///< without the program's name
    std::string_view what;
};

/// What is shown of a command's use: at most ten, more do not compile.
class Examples {
  public:
    constexpr Examples(std::initializer_list<Example> examples) : size_{examples.size()} {
        std::ranges::copy(examples, items_.begin());
    }
    [[nodiscard]] const Example* begin() const { return items_.data(); }
    [[nodiscard]] const Example* end() const { return items_.data() + size_; }

  private:
    std::array<Example, 10> items_{};
    std::size_t size_;
};

/// What kind of command it is, which decides the options that it shares with others.
enum class Nature {
    explains,  ///< tells of the program itself, whatever is around it
    reads,     ///< shows something
    checks,    ///< judges something: has --strict
    changes,   ///< commits something: has --strict, --dry-run and --message
    writes,    ///< writes a file: --quiet silences its table, no more
    prepares,  ///< makes the store: has --dry-run
    renders,   ///< writes files that others act by: has --strict and --dry-run
};

/// One row of the command table.
struct Command {
    std::string_view noun;
    std::string_view verb;  ///< empty for a command of one word
    std::string_view summary;
    std::string_view description;
    Examples examples;
    Nature nature;
    Formats formats;
    std::unique_ptr<CommandRequest> (*make)();
    std::unique_ptr<InteractiveRequest> (*make_interactive)() = nullptr;  ///< of a command with --interactive

    /// Of the manual page, without its section.
    [[nodiscard]] std::string page_name() const {
        return "xmppfed-" + std::string{noun} + (verb.empty() ? "" : "-") + std::string{verb};
    }
    [[nodiscard]] std::string name() const { return std::string{noun} + (verb.empty() ? "" : " ") + std::string{verb}; }
};

template <class R>
std::unique_ptr<CommandRequest> make_request() {
    return std::make_unique<R>();
}

/// Every command, in the order of the help.
[[nodiscard]] std::span<const Command* const> commands();

/// All options of a command: its own, bound to `request`, then the shared ones, bound to `globals`.
[[nodiscard]] OptionSet all_options(const Command& command, CommandRequest& request, Globals& globals);

/// A noun and what its commands are about.
struct Noun {
    std::string_view name;
    std::string_view summary;
};
[[nodiscard]] std::span<const Noun> nouns();

}  // namespace xmppfed::cli

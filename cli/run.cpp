#include "cli/run.hpp"

#include <new>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/context.hpp"
#include "cli/line/command_line.hpp"
#include "cli/line/completion.hpp"
#include "cli/line/help_text.hpp"
#include "cli/settings/settings.hpp"
#include "cli/wizard/interview.hpp"
#include "core/text/json/json.hpp"
#include "store/files/file.hpp"
#include "xmppfed_version.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

Globals colored(std::optional<ColorMode> color) {
    Globals globals;
    globals.color = color;
    return globals;
}

/// Takes a command line to its exit code. Lives as long as the run, so that a failure can ask how far it came.
class Run {
  public:
    Run(const std::vector<std::string>& arguments, const World& world)
        : arguments_{arguments},
          world_{world},
          settings_{world},
          messages_{world.err, style_of(world, settings_, globals_.color, world.terminal.stderr_is_one)},
          context_{world, settings_, globals_, messages_} {}

    ExitCode execute();
    ExitCode fail(Error error);
    ExitCode fail(const OutputFailure& failure);

  private:
    ExitCode finish(ExitCode code);
    ExitCode execute(const Command& command, const std::vector<std::string>& words);
    ExitCode program(const CommandLine& line);
    void refuse_format(const Command& command) const;

    const std::vector<std::string>& arguments_;
    const World& world_;
    SettingsFiles settings_;
    Globals globals_ = colored(requested_color(arguments_));  ///< help and early failures have colours too
    Format format_ = requested_format(arguments_);            ///< a guess until the line is parsed
    Messages messages_;
    Context context_;
};

/// Text that is still in the buffer belongs to the command's work: writing it may fail too.
ExitCode Run::finish(ExitCode code) {
    world_.out.flush();
    return code;
}

ExitCode Run::execute() {
    const auto line = find_command(arguments_);
    return finish(line.command == nullptr ? program(line) : execute(*line.command, line.words));
}

/// `xmppfed` or a noun alone.
ExitCode Run::program(const CommandLine& line) {
    bool version = false;
    OptionSet options;
    bind_globals(options, globals_);
    if (line.noun.empty()) {
        options.flag("version", version, "show the version");
    }
    options.parse(line.words);
    if (version && !globals_.help) {
        world_.out.write("xmppfed " XMPPFED_VERSION "\n");
    } else {
        world_.out.write(line.noun.empty() ? program_help(context_.style()) : noun_help(line.noun, context_.style()));
    }
    return ExitCode::done;
}

void Run::refuse_format(const Command& command) const {
    const auto formats = values_of(command.formats);
    if (static_cast<std::size_t>(globals_.output) >= formats.size()) {
        throw Error{ErrorKind::usage,
                    fmt::format("`{}` has no output format {}", command.name(), core::name_of(globals_.output))}
            .hint(formats.size() == 1 ? "leave --output out" : "use --output " + core::list_of(formats));
    }
}

ExitCode Run::execute(const Command& command, const std::vector<std::string>& words) {
    const auto request = command.make();
    const auto options = all_options(command, *request, globals_);
    if (asks_for_help(words, options.options())) {  // whatever else is wrong with the line
        world_.out.write(command_help(command, context_.style(), world_.terminal.columns));
        return ExitCode::done;
    }
    const auto given = options.parse(words);
    if (globals_.output == Format::table) {
        globals_.output = request->output().value_or(Format::table);
    }
    format_ = globals_.output;
    messages_.set_quiet(globals_.quiet);
    messages_.set_style(style_of(world_, settings_, globals_.color, world_.terminal.stderr_is_one));
    refuse_format(command);
    if (command.nature != Nature::explains) {
        settings_.require_sound();
    }
    return globals_.interactive ? interview(command, given, context_) : request->run(context_);
}

/// What fails after a commit must not hide it.
ExitCode Run::fail(Error error) {
    if (const auto& achievement = context_.achievement()) {
        error.message = fmt::format("{}, but {}", achievement->what, error.message);
    }
    messages_.failure(error);
    const bool nothing_left_yet = world_.out.discard();
    if (format_ == Format::json && nothing_left_yet) {
        auto document = view::document_head("error");
        document.update(error_document(error));
        world_.out.write(core::to_text(document, core::JsonLayout::indented) + "\n");
        world_.out.flush();
    }
    return exit_code(error.kind);
}

ExitCode Run::fail(const OutputFailure& failure) {
    const auto& achievement = context_.achievement();
    if (failure.reader_is_gone()) {
        return achievement ? ExitCode::done : ExitCode::failed;
    }
    const auto lead = achievement ? fmt::format("{}, but ", achievement->what) : std::string{};
    messages_.failure(
        store::system_failure(ErrorKind::failed, lead + "standard output cannot be written", failure.error_number)
            .hint(std::string{achievement ? achievement->hint : "make room, or write elsewhere"}));
    return ExitCode::failed;
}

}  // namespace

int run(const std::vector<std::string>& arguments, const World& world) {
    if (!arguments.empty() && arguments.front() == completion_request) {
        print_completion({std::next(arguments.begin()), arguments.end()}, world);
        return static_cast<int>(ExitCode::done);
    }
    Run run{arguments, world};
    const auto attempt = [&](auto work) {
        try {
            return work();
        } catch (const OutputFailure& failure) {
            return run.fail(failure);
        }
    };
    const auto code = attempt([&] {
        try {
            return run.execute();
        } catch (const Error& error) {
            return run.fail(error);
        } catch (const std::bad_alloc&) {
            return run.fail(Error{ErrorKind::failed, "there is not enough memory"});
        } catch (const OutputFailure&) {
            throw;
        } catch (const std::exception& exception) {
            return run.fail(
                Error{ErrorKind::failed, "something unexpected happened; this is a bug"}.because(exception.what()));
        }
    });
    return static_cast<int>(code);
}

}  // namespace xmppfed::cli

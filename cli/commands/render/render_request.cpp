#include "cli/commands/render/render_request.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "app/outside_command.hpp"
#include "app/render/enforcement_module.hpp"
#include "app/render/server_book.hpp"
#include "app/render/server_files.hpp"
#include "cli/context.hpp"
#include "core/pki/digest.hpp"
#include "core/refusal.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr int most_repetitions = 10;

/// The files in the order in which they are written: what names the others comes last.
app::ServerFiles files_for(Context& context, const core::ServerRendering& mode, const core::ServerBook& book,
                           const std::string& folder) {
    const auto path = [&](std::string_view name) { return fmt::format("{}/{}", folder == "/" ? "" : folder, name); };
    std::vector<app::ServerFile> files;
    if (mode.has_module) {
        files.push_back({path("mod_xmppfed.lua"), std::string{app::prosody_module()}});
        files.push_back(
            {path("xmppfed-policy.json"), core::server_policy(book.partners, book.gateway, book.store_revision)});
    }
    files.push_back({path(mode.main_file), mode.make(book, folder)});
    const auto site = context.book().site();
    for (const auto& file : files) {
        if (site->includes(file.path)) {
            throw Error{ErrorKind::conflict, fmt::format("{} is a file of the store itself", core::quote(file.path))}
                .hint("name another directory with --to");
        }
    }
    return app::ServerFiles{std::move(files)};
}

Error unwritten(const core::DiagnosticsLog& diagnostics) {
    auto error = core::refusal(diagnostics);
    if (diagnostics.errors() == 0) {
        error.message = "nothing is written: warnings refuse with --strict";
        error.hints = {"mend what the warnings name, or leave --strict out"};
    } else {
        error.hints.emplace_back("nothing is written; `--allow-inexact` writes all the same");
    }
    return error;
}

/// A mistyped path of a store would close a server to everybody.
core::Diagnostics look_for_store(Context& context) {
    auto missing = app::missing_store(context.book());
    core::DiagnosticsLog log;
    log.add(missing);
    if (core::refuses(log, context.globals().strict)) {
        throw unwritten(log);
    }
    context.messages().diagnostics(missing);
    return missing;
}

}  // namespace

void RenderRequest::bind(OptionSet& options) {
    options.text({.name = "to",
                  .value_name = "DIRECTORY",
                  .meaning = "where the files are written; - prints the main one",
                  .default_text = "the current directory",
                  .names = Names::file},
                 to_);
    if (server_.modes.rows.size() > 1) {
        options.rendering({.name = "mode",
                           .value_name = "MODE",
                           .meaning = "what enforces the partner book",
                           .default_text = std::string{server_.modes.rows.front().value.name}},
                          server_.modes, mode_);
    }
    options.list({.name = "host",
                  .value_name = "DOMAIN",
                  .meaning = "a local domain of the server (repeatable)",
                  .default_text = "our XMPP domains",
                  .names = Names::xmpp_domain},
                 hosts_);
    options.add({.name = "target",
                 .value_name = "VERSION",
                 .meaning = fmt::format("the version of {} that reads the files", server_.label),
                 .default_text = target_,
                 .values = server_.versions,
                 .take = [this](const auto& values) {
                     target_ = server_.versions[core::read_value("--target", server_.versions, values.back())].name;
                 }});
    options.flag("if-changed", if_changed_, "write and run nothing when the files are there and the same");
    options.text({.name = "reload-command",
                  .value_name = "COMMAND",
                  .meaning = "a program and its arguments to run afterwards, without a shell"},
                 reload_command_);
    options.flag("allow-inexact", allow_inexact_, "write also what would allow more than was agreed (render-weaker)");
}

std::string RenderRequest::folder(Context& context) const {
    const auto named = absolute_path(context.world(), to_ && !prints() ? *to_ : std::string{"."});
    auto path = std::filesystem::path{named}.lexically_normal().string();
    while (path.size() > 1 && path.ends_with('/')) {
        path.pop_back();
    }
    return path;
}

void RenderRequest::refuse_contradictions(Context& context) const {
    if (to_ && to_->empty()) {
        throw Error{ErrorKind::usage, "--to needs a directory"}.hint("`--to .` is the current one");
    }
    const auto& globals = context.globals();
    if (allow_inexact_ && globals.strict) {
        throw Error{ErrorKind::usage, "--allow-inexact and --strict exclude each other"}.hint("leave one of them out");
    }
    for (const auto& [option, given] : {std::pair{"--if-changed", if_changed_},
                                        {"--reload-command", reload_command_.has_value()},
                                        {"--dry-run", globals.dry_run},
                                        {"--output json", globals.output == Format::json}}) {
        if (prints() && given) {
            throw Error{ErrorKind::usage, fmt::format("{} has no sense with --to -, which writes no file", option)}
                .hint("leave it out, or name a directory with --to");
        }
    }
}

void RenderRequest::refuse_inexact(Context& context, const core::Diagnostics& diagnostics) const {
    core::DiagnosticsLog log;
    log.add(diagnostics);
    if (core::refuses(log, context.globals().strict) && !allow_inexact_) {
        throw unwritten(log);
    }
    context.messages().diagnostics(log);
    if (log.errors() > 0) {
        context.messages().note("that is known: --allow-inexact");
    }
}

view::Written RenderRequest::put(Context& context, const app::ServerFiles& files) const {
    const auto missing = files.missing_directory();
    const auto tell_of_directory = [&](const char* is_made) {
        if (missing) {
            context.messages().note(
                fmt::format("the directory {} {}: the server must be let in, as xmppfed-servers(7) "
                            "tells",
                            core::quote(*missing), is_made));
        }
    };
    if (context.globals().dry_run) {
        files.refuse_unwritable();
        tell_of_directory("would be made");
        return view::Written::not_yet;
    }
    if (if_changed_ && !files.is_changed()) {
        files.tidy();
        return view::Written::no;
    }
    files.write();
    context.achieve({.what = "the files are written", .hint = "look at them in the directory of --to"});
    tell_of_directory("is new");
    return view::Written::yes;
}

view::ServerResult RenderRequest::judged(Context& context) const {
    auto missing = look_for_store(context);
    view::ServerResult result{.server = server_,
                              .target = target_,
                              .rendering = *mode_,
                              .book = app::read_server_book(*context.store().read(), hosts_)};
    result.exactness = mode_->exactness(result.book);
    result.diagnostics = core::diagnostics_of(result.exactness);
    const bool is_for_program = context.globals().output == Format::json;
    refuse_inexact(context, is_for_program ? result.diagnostics : core::summary_of(result.exactness));
    std::ranges::move(missing, std::back_inserter(result.diagnostics));
    return result;
}

ExitCode RenderRequest::run(Context& context) const {
    refuse_contradictions(context);
    const auto reload =
        reload_command_ ? app::command_words("--reload-command", *reload_command_) : std::vector<std::string>{};
    auto result = judged(context);
    if (prints()) {
        context.out().write(core::lines_for(context.medium(), mode_->make(result.book, folder(context))));
        return ExitCode::done;
    }
    auto files = files_for(context, *mode_, result.book, folder(context));
    result.written = put(context, files);
    // Somebody who has seen a newer book may have written it just before: whoever writes last looks once more.
    for (int again = 0; result.written == view::Written::yes && again < most_repetitions &&
                        context.store().read()->store_revision() != result.book.store_revision;
         ++again) {
        result = judged(context);
        files = files_for(context, *mode_, result.book, folder(context));
        files.write();
        result.written = view::Written::yes;
    }
    if (result.written == view::Written::yes && !reload.empty()) {
        app::run_program(reload, "reload the server by hand");  // before anything is printed, as nobody may read it
    }
    for (const auto& file : files.files()) {
        result.files.push_back({file.path, file.content, file.before, pki::sha256_of(file.content)});
    }
    view::print_server_result(context.display(), result);
    return ExitCode::done;
}

}  // namespace xmppfed::cli

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cli/line/options.hpp"
#include "cli/settings/setting_table.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

namespace {

/// `option.values` may be only some of the values of E: a value that there is but not here is refused later, by who knows
/// why.
template <class E, class Target>
void last_of(OptionSet& options, Option option, Target& target) {
    option.repeat = Repeat::last_wins;
    option.take = [&target, shown = "--" + option.name, here = option.values](const auto& values) {
        const auto known = core::parse_enum<E>(values.back());
        target = known ? *known : static_cast<E>(core::read_value(shown, here, values.back()));
    };
    options.add(std::move(option));
}

std::chrono::seconds read_wait(const std::string& text) {
    const auto seconds = core::read_number("--wait", text);
    if (seconds < 0 || seconds > most_wait_seconds) {
        throw core::Error{core::ErrorKind::usage,
                          fmt::format("--wait needs a number of seconds from 0 to {}", most_wait_seconds)};
    }
    return std::chrono::seconds{seconds};
}

}  // namespace

void bind_globals(OptionSet& options, Globals& globals, Formats formats) {
    options.group("Options of every command");
    options.add({.name = "store",
                 .value_name = "PATH",
                 .meaning = "the store: a file, postgresql://HOST/DATABASE, or service=NAME",
                 .default_text = "$XMPPFED_STORE, else the setting store, else $XDG_DATA_HOME/xmppfed/store.db, else "
                                 "~/.local/share/xmppfed/store.db",
                 .repeat = Repeat::last_wins,
                 .names = Names::store,
                 .take = [&](const auto& values) { globals.store = values.back(); }});
    last_of<Format>(options,
                    {.name = "output",
                     .letter = 'o',
                     .value_name = "FORMAT",
                     .meaning = "how to print",
                     .default_text = "table",
                     .values = values_of(formats)},
                    globals.output);
    options.add({.name = "wait",
                 .value_name = "SECONDS",
                 .meaning = "how long to wait while another process holds the store",
                 .default_text = "the setting wait, else 5",
                 .repeat = Repeat::last_wins,
                 .take = [&](const auto& values) { globals.wait = read_wait(values.back()); }});
    last_of<ColorMode>(options,
                       {.name = "color",
                        .value_name = "WHEN",
                        .meaning = "colours",
                        .default_text = "the setting color, else auto",
                        .values = core::values_of<ColorMode>()},
                       globals.color);
    options.add({.name = "quiet",
                 .letter = 'q',
                 .meaning = "no table output of changing commands, no notes and no warnings",
                 .take = [&](const auto&) { globals.quiet = true; }});
    options.flag("no-input", globals.no_input, "never ask");
    options.add({.name = "help", .letter = 'h', .meaning = "show this help", .take = [&](const auto&) {
                     globals.help = true;
                 }});
}

void bind_dry_run(OptionSet& options, Globals& globals, std::string meaning) {
    options.group("Options of changing commands");
    options.flag("dry-run", globals.dry_run, std::move(meaning));
}

void bind_change_options(OptionSet& options, Globals& globals) {
    bind_dry_run(options, globals, "everything but the commit: the same checks and exit codes");
    options.add({.name = "message",
                 .letter = 'm',
                 .value_name = "TEXT",
                 .meaning = "a reason, for the history",
                 .repeat = Repeat::last_wins,
                 .take = [&](const auto& values) {
                     if (const auto problem = core::free_text_problem(values.back()); !problem.empty()) {
                         throw core::Error{core::ErrorKind::usage, "the text of --message " + problem};
                     }
                     globals.message = values.back();
                 }});
}

void bind_strict(OptionSet& options, Globals& globals) {
    options.group("Options of changing commands and checks");
    options.flag("strict", globals.strict, "warnings refuse too");
}

void bind_interactive(OptionSet& options, Globals& globals) {
    options.group("Page by page");
    options.flag("interactive", globals.interactive,
                 "asks for each value, shows what comes of it, and commits after one question; options given beside "
                 "it are the answers to begin with");
}

}  // namespace xmppfed::cli

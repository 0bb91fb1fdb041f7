#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/terminal/output.hpp"
#include "core/pki/secret.hpp"
#include "store/site.hpp"

namespace xmppfed::cli {

/// What the terminal is like, if there is one.
struct Terminal {
    bool stdin_is_one = false;
    bool stdout_is_one = false;
    bool stderr_is_one = false;
    std::optional<std::size_t> columns;          ///< of standard output; none: as wide as it likes
    std::optional<std::size_t> message_columns;  ///< of standard error
};

/// Everything that a command may know of its surroundings; a test brings its own.
struct World {
    Output& out;
    Output& err;
    Terminal terminal;
    std::function<std::chrono::sys_seconds()> now;
    std::function<std::optional<std::string>(const char* name)> environment;
    std::function<std::string()> actor;              ///< login name, with the caller of sudo
    std::function<std::string()> current_directory;  ///< absolute
    std::function<std::optional<std::string>()>
        read_line;  ///< a line of standard input without its end; none at its end

    /// The same of a terminal, behind a prompt, which is the last line of a question; it can be edited before Enter.
    std::function<std::optional<std::string>(std::string_view prompt)> edit_line = [](std::string_view) {
        return std::optional<std::string>{};
    };

    /// The same of a terminal, which does not show it.
    std::function<std::optional<pki::Secret>()> read_secret_line = [] { return std::optional<pki::Secret>{}; };

    std::function<std::string()> host_name = [] { return std::string{"localhost"}; };
    std::string settings_file = {};  ///< the machine's, which a user's own goes before; "": none

    /// Whether somebody wants what is under way to end, and is kept waiting.
    std::function<bool()> interrupted = [] { return false; };

    /// How to come to where a store is.
    std::function<std::unique_ptr<store::Site>(const store::Location&)> find_site = store::site_of;

    /// Shows a manual page on the terminal, which may never return; false when it cannot.
    std::function<bool(const std::string& name)> open_manual = [](const std::string&) { return false; };
};

/// The world of the process: its descriptors, clock and environment.
[[nodiscard]] World process_world(Output& out, Output& err);

/// A path that a user typed, made absolute. An empty one stays empty: it leads nowhere, not to the current directory.
[[nodiscard]] std::string absolute_path(const World& world, const std::string& path);

}  // namespace xmppfed::cli

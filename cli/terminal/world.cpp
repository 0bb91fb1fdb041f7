#include "cli/terminal/world.hpp"

#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdlib>

#include <fmt/format.h>

#include "app/held_signals.hpp"
#include "cli/terminal/editing/line_editor.hpp"
#include "cli/terminal/editing/secret_line.hpp"
#include "cli/terminal/manual_page.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::cli {

namespace {

std::optional<std::string> variable(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
    return value == nullptr ? std::nullopt : std::optional<std::string>{value};
}

std::size_t terminal_columns(int descriptor) {
    constexpr std::size_t usual = 80;
    struct winsize size {};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    std::size_t columns = 0;
    const auto text = variable("COLUMNS").value_or("");
    const auto status = std::from_chars(text.data(), text.data() + text.size(), columns);
    return status.ec == std::errc{} && columns > 0 ? columns : usual;
}

/// sudo tells who called it, and only root can have been called by it.
std::string login_name() {
    const auto* entry = ::getpwuid(::geteuid());  // NOLINT(concurrency-mt-unsafe): one thread
    const auto name = entry != nullptr ? std::string{entry->pw_name} : fmt::format("uid {}", ::geteuid());
    const auto caller = variable("SUDO_USER").value_or("");
    const bool by_sudo = ::geteuid() == 0 && !caller.empty() && caller != name;
    return core::escape(by_sudo ? fmt::format("{} (sudo by {})", name, caller) : name);
}

std::string working_directory() {
    std::array<char, PATH_MAX> buffer{};
    if (::getcwd(buffer.data(), buffer.size()) == nullptr) {
        throw store::system_failure(core::ErrorKind::failed, "cannot tell the current directory", errno);
    }
    return buffer.data();
}

std::string host_name() {
    std::array<char, HOST_NAME_MAX + 1> buffer{};
    return ::gethostname(buffer.data(), buffer.size() - 1) == 0 ? core::escape(buffer.data()) : "localhost";
}

}  // namespace

World process_world(Output& out, Output& err) {
    Terminal terminal;
    terminal.stdin_is_one = ::isatty(STDIN_FILENO) == 1;
    terminal.stdout_is_one = ::isatty(STDOUT_FILENO) == 1;
    terminal.stderr_is_one = ::isatty(STDERR_FILENO) == 1;
    if (terminal.stdout_is_one) {
        terminal.columns = terminal_columns(STDOUT_FILENO);
    }
    if (terminal.stderr_is_one) {
        terminal.message_columns = terminal_columns(STDERR_FILENO);
    }
    return World{
        .out = out,
        .err = err,
        .terminal = terminal,
        .now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); },
        .environment = variable,
        .actor = login_name,
        .current_directory = working_directory,
        .read_line = read_plain_line,
        .edit_line = [editor =
                          std::make_shared<LineEditor>(err)](std::string_view prompt) { return editor->read(prompt); },
        .read_secret_line = read_secret_line,
        .host_name = host_name,
        .settings_file = "/etc/xmppfed/config.json",
        .interrupted = app::HeldSignals::arrived,
        .open_manual = open_manual_page,
    };
}

std::string absolute_path(const World& world, const std::string& path) {
    return path.empty() || path.starts_with('/') ? path : world.current_directory() + "/" + path;
}

}  // namespace xmppfed::cli

#include "cli/terminal/editing/secret_line.hpp"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "app/cert/request/secrets.hpp"
#include "app/held_signals.hpp"
#include "cli/terminal/editing/editing_signals.hpp"
#include "core/error.hpp"
#include "store/files/file.hpp"

namespace xmppfed::cli {

namespace {

constexpr std::size_t longest_typed_line = 4096;  // a terminal takes no longer one

/// Standard input shows nothing but the end of the line.
class SilentTerminal {
  public:
    SilentTerminal() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0) {
            throw store::system_failure(core::ErrorKind::failed, "cannot silence the terminal", errno);
        }
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ECHONL;
        // What was typed before the question is no answer to it.
        if (::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) != 0) {
            throw store::system_failure(core::ErrorKind::failed, "cannot silence the terminal", errno);
        }
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;
    ~SilentTerminal() { static_cast<void>(::tcsetattr(STDIN_FILENO, TCSANOW, &before_)); }

  private:
    termios before_{};
};

/// Waits until there is something to read; false when a signal wants the program to end.
bool wait_for_input() {
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    while (::poll(&input, 1, look_around) <= 0) {
        if (app::HeldSignals::arrived()) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::optional<pki::Secret> read_secret_line() {
    app::guard_secrets();
    const app::HeldSignals held;  // they take effect when the terminal is as it was
    const SilentTerminal silent;
    std::string line;
    line.reserve(longest_typed_line);  // it is wiped where it is, and so it must not move
    while (line.size() < longest_typed_line && wait_for_input()) {
        char c = 0;
        const auto count = ::read(STDIN_FILENO, &c, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0 || c == '\n') {
            const bool is_ended = count <= 0 && line.empty();
            pki::Secret secret{std::move(line)};
            return is_ended ? std::nullopt : std::optional{std::move(secret)};
        }
        line += c;
    }
    static_cast<void>(pki::Secret{std::move(line)});
    return std::nullopt;
}

}  // namespace xmppfed::cli

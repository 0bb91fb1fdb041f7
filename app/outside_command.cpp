#include "app/outside_command.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;

}  // namespace

std::vector<std::string> command_words(std::string_view option, const std::string& text) {
    std::vector<std::string> words;
    bool inside = false;
    char quote = 0;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t';
        if (quote == 0 && blank) {
            inside = false;
            continue;
        }
        if (!inside) {
            words.emplace_back();
            inside = true;
        }
        if (quote == 0 && (c == '\'' || c == '"')) {
            quote = c;
        } else if (c == quote) {
            quote = 0;
        } else {
            words.back() += c;
        }
    }
    if (quote != 0 || words.empty() || words.front().empty()) {
        throw Error{ErrorKind::usage, fmt::format("{} {} is no command", option, core::quote(text))}.hint(
            fmt::format("name a program and its arguments: {} 'systemctl reload prosody'", option));
    }
    return words;
}

void run_program(const std::vector<std::string>& words, const std::string& hint) {
    std::vector<char*> arguments;
    auto copies = words;
    for (auto& word : copies) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    // We ignore these two, and a program expects them as they are by default.
    sigset_t defaults{};
    ::sigemptyset(&defaults);
    ::sigaddset(&defaults, SIGPIPE);
    ::sigaddset(&defaults, SIGXFSZ);
    posix_spawnattr_t attributes{};
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    pid_t child = 0;
    const int code = ::posix_spawnp(&child, arguments.front(), &actions, &attributes, arguments.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (code != 0) {
        throw store::system_failure(ErrorKind::failed, fmt::format("{} cannot be run", core::quote(words.front())),
                                    code)
            .hint(hint);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        throw Error{ErrorKind::failed, fmt::format("{} did not succeed", core::quote(words.front()))}
            .because(WIFEXITED(status) ? fmt::format("it exits {}", WEXITSTATUS(status))
                                       : fmt::format("signal {} ended it", WTERMSIG(status)))
            .hint(hint);
    }
}

}  // namespace xmppfed::app

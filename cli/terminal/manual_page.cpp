#include "cli/terminal/manual_page.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <string_view>
#include <vector>

namespace xmppfed::cli {

namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

std::vector<char*> pointers_to(Words& words) {
    std::vector<char*> pointers;
    for (auto& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

/// The page in share/man beside the bin that this program is in; empty when it is not there.
std::string installed_page(const std::string& name) {
    std::error_code error;
    const auto program = fs::read_symlink("/proc/self/exe", error);
    const auto folder = program.parent_path().parent_path() / "share" / "man" / "man1";
    for (const std::string_view extension : {".1", ".1.gz"}) {
        const auto page = folder / (name + std::string{extension});
        if (!error && fs::is_regular_file(page, error)) {
            return page;
        }
        error.clear();
    }
    return {};
}

/// Whether man(1) finds a page; it prints nothing.
bool is_known_to_man(const std::string& name) {
    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        ::posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0);
    }
    Words words{"man", "-w", name};
    pid_t child = 0;
    const int code = ::posix_spawnp(&child, "man", &actions, nullptr, pointers_to(words).data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (code != 0) {
        return false;
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

bool open_manual_page(const std::string& name) {
    const auto page = installed_page(name);
    if (page.empty() && !is_known_to_man(name)) {
        return false;
    }
    Words words = page.empty() ? Words{"man", name} : Words{"man", "-l", page};
    // We ignore these two, and a program expects them as they are by default.
    for (const int number : {SIGPIPE, SIGXFSZ}) {
        (void)std::signal(number, SIG_DFL);
    }
    ::execvp("man", pointers_to(words).data());
    for (const int number : {SIGPIPE, SIGXFSZ}) {
        (void)std::signal(number, SIG_IGN);
    }
    return false;
}

}  // namespace xmppfed::cli

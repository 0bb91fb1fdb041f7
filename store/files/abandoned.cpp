#include "store/files/abandoned.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>

#include "store/files/file.hpp"

namespace xmppfed::store {

namespace {

/// Takes a number off the front of a text.
std::optional<pid_t> take_number(std::string_view& text) {
    pid_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number <= 0) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

bool belongs_to(const OpenDirectory& directory, const std::string& name, const std::vector<uid_t>& owners) {
    struct stat status {};
    return ::fstatat(directory.descriptor().number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           std::ranges::find(owners, status.st_uid) != owners.end();
}

}  // namespace

std::optional<PartialName> read_partial_name(std::string_view name) {
    const auto at = name.rfind(partial_suffix);
    if (at == 0 || at == std::string_view::npos) {
        return std::nullopt;
    }
    auto rest = name.substr(at + std::string_view{partial_suffix}.size());
    const auto process = take_number(rest);
    if (process && rest.starts_with('-')) {  // the name with the process alone was taken
        rest.remove_prefix(1);
        if (!take_number(rest)) {
            return std::nullopt;
        }
    }
    return process && rest.empty() ? std::optional{PartialName{std::string{name.substr(0, at)}, *process}}
                                   : std::nullopt;
}

bool is_another_running(pid_t process) {
    return process != ::getpid() && (::kill(process, 0) == 0 || errno != ESRCH);
}

std::vector<Abandoned> abandoned_in(const OpenDirectory& directory, const std::vector<uid_t>& owners) {
    std::vector<Abandoned> found;
    for (const auto& name : names_in(directory.path())) {
        const auto partial = read_partial_name(name);
        if (partial && !is_another_running(partial->process) && belongs_to(directory, name, owners)) {
            found.push_back({name, partial->whole});
        }
    }
    return found;
}

void remove_abandoned(const std::string& path) {
    const auto directory = OpenDirectory::at(directory_of(path));
    if (!directory) {
        return;
    }
    for (const auto& [name, whole] : abandoned_in(*directory, {::geteuid()})) {
        if (path.ends_with("/" + whole)) {
            (void)directory->remove(name);
        }
    }
}

}  // namespace xmppfed::store

#include "store/files/trusted_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/files/file.hpp"
#include "store/files/open_directory.hpp"

namespace xmppfed::store {

namespace {

using core::Error;
using core::ErrorKind;

/// Whether a failure to open means that, for this user, there is no file: a directory on the way is missing, or is
/// closed.
bool is_out_of_reach(const std::string& path, int error_number) {
    struct stat status {};
    return error_number == ENOENT || error_number == ENOTDIR ||
           (error_number == EACCES && ::stat(path.c_str(), &status) != 0 && errno == EACCES);
}

void refuse_untrusted(const std::string& name, const struct stat& status) {
    if (!S_ISREG(status.st_mode)) {
        throw Error{ErrorKind::failed, fmt::format("{} is no regular file", name)}.hint("move it away");
    }
    if (status.st_uid != ::geteuid() && status.st_uid != 0) {
        throw Error{ErrorKind::failed,
                    fmt::format("{} belongs to user {}, who would decide what is done here", name, status.st_uid)}
            .hint("run the command as that user, or with a HOME of your own (`sudo -H`)");
    }
    if ((status.st_mode & S_IWOTH) != 0) {
        throw Error{ErrorKind::failed, fmt::format("everybody may write {}, and would decide what is done here", name)}
            .hint("take that away with `chmod o-w`");
    }
}

}  // namespace

std::optional<std::string> read_trusted_file(const std::string& what, const std::string& path, std::size_t most) {
    const auto name = fmt::format("{} {}", what, core::quote(path));
    constexpr int without_waiting = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;  // whatever has that name
    const int descriptor = ::open(path.c_str(), without_waiting);
    if (descriptor < 0) {
        const int error_number = errno;
        if (is_out_of_reach(path, error_number)) {
            return std::nullopt;
        }
        throw system_failure(ErrorKind::failed, fmt::format("cannot read {}", name), error_number);
    }
    const Descriptor owner{descriptor};
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        throw system_failure(ErrorKind::failed, fmt::format("cannot read {}", name), errno);
    }
    refuse_untrusted(name, status);
    return read_descriptor(name, descriptor, most);
}

}  // namespace xmppfed::store

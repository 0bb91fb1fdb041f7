#include "app/manifest/manifest_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t piece_size = std::size_t{64} * 1024;

Error unreadable(const std::string& name, int error_number) {
    const bool missing = error_number == ENOENT || error_number == ENOTDIR;
    return store::system_failure(missing ? ErrorKind::not_found : ErrorKind::failed,
                                 fmt::format("cannot read the manifest {}", core::quote(name)), error_number);
}

int open_for_reading(const std::string& path) {
    // Opening a named pipe would otherwise wait for somebody to write into it.
    return path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                       : ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

std::size_t read_some(int descriptor, std::string& buffer, const std::string& name) {
    for (;;) {
        const auto count = ::read(descriptor, buffer.data(), buffer.size());
        if (count >= 0) {
            return static_cast<std::size_t>(count);
        }
        if (errno != EINTR) {
            throw unreadable(name, errno);
        }
    }
}

}  // namespace

ManifestFile::ManifestFile(const std::string& path, const Circumstances& circumstances)
    : name_{path == "-" ? "<stdin>" : path}, descriptor_{open_for_reading(path)}, buffer_(piece_size, '\0') {
    if (descriptor_ < 0) {
        throw unreadable(name_, errno);
    }
    try {
        struct stat status {};
        if (::fstat(descriptor_, &status) != 0) {
            throw unreadable(name_, errno);
        }
        if (S_ISCHR(status.st_mode) && path != "-") {  // some never end
            throw Error{ErrorKind::failed, fmt::format("{} is no file", core::quote(name_))}.hint(
                "name a file or a pipe, or - for standard input");
        }
        if (S_ISFIFO(status.st_mode) && path != "-") {
            wait_for_first_octet(circumstances.wait);
        }
    } catch (...) {
        ::close(descriptor_);
        throw;
    }
}

ManifestFile::~ManifestFile() {
    ::close(descriptor_);
}

/// Leaves the descriptor in a state in which reading waits for those who write.
void ManifestFile::wait_for_first_octet(std::chrono::milliseconds wait) const {
    pollfd ready{descriptor_, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(wait.count())) <= 0) {
        throw Error{ErrorKind::failed, fmt::format("nobody writes into the named pipe {}", core::quote(name_))}.hint(
            "wait longer with `--wait SECONDS`, or name a file");
    }
    ::fcntl(descriptor_, F_SETFL, O_RDONLY);
}

std::string_view ManifestFile::pull() {
    return std::string_view{buffer_}.substr(0, read_some(descriptor_, buffer_, name_));
}

}  // namespace xmppfed::app

#include "app/manifest/manifest_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t piece_size = std::size_t{64} * 1024;

int open_for_reading(const std::string& path) {
    // Opening a named pipe would otherwise wait for somebody to write into it.
    return path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                       : ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

}  // namespace

ManifestFile::ManifestFile(const std::string& path, const Circumstances& circumstances, std::string what)
    : what_{std::move(what)},
      name_{path == "-" ? "<stdin>" : path},
      descriptor_{open_for_reading(path)},
      buffer_(piece_size, '\0') {
    if (descriptor_ < 0) {
        throw unreadable(errno);
    }
    try {
        struct stat status {};
        if (::fstat(descriptor_, &status) != 0) {
            throw unreadable(errno);
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

Error ManifestFile::unreadable(int error_number) const {
    const bool missing = error_number == ENOENT || error_number == ENOTDIR;
    return store::system_failure(missing ? ErrorKind::not_found : ErrorKind::failed,
                                 fmt::format("cannot read the {} {}", what_, core::quote(name_)), error_number);
}

std::size_t ManifestFile::read_some() {
    for (;;) {
        const auto count = ::read(descriptor_, buffer_.data(), buffer_.size());
        if (count >= 0) {
            return static_cast<std::size_t>(count);
        }
        if (errno != EINTR) {
            throw unreadable(errno);
        }
    }
}

std::string_view ManifestFile::pull() {
    return std::string_view{buffer_}.substr(0, read_some());
}

}  // namespace xmppfed::app

#include "store/files/write_lock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::store {

bool is_write_locked(const std::string& path) {
    const auto failure = [&](int error_number) {
        return system_failure(core::ErrorKind::failed, fmt::format("cannot see who holds {}", core::quote(path)),
                              error_number);
    };
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        if (errno == ENOENT) {
            return false;
        }
        throw failure(errno);
    }
    struct flock whole {};
    whole.l_type = F_RDLCK;  // what a lock for writing is in the way of
    whole.l_whence = SEEK_SET;
    const int status = ::fcntl(descriptor, F_GETLK, &whole);
    const int error_number = errno;
    ::close(descriptor);
    if (status != 0) {
        throw failure(error_number);
    }
    return whole.l_type == F_WRLCK;
}

}  // namespace xmppfed::store

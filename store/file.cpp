#include "store/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "core/text.hpp"

namespace xmppfed::store {

core::Error system_failure(core::ErrorKind kind, std::string message, int error_number) {
    return core::Error{kind, std::move(message)}.because(std::system_category().message(error_number));
}

std::string directory_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

void sync_directory(const std::string& directory) {
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int error_number = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    if (!synced) {
        throw system_failure(core::ErrorKind::failed,
                             fmt::format("cannot sync the directory {}", core::quote(directory)), error_number);
    }
}

}  // namespace xmppfed::store

#include "store/files/new_directories.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/files/file.hpp"
#include "store/files/group_access.hpp"

namespace xmppfed::store {

namespace {

bool is_directory(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace

NewDirectories::~NewDirectories() {
    for (; !made_.empty(); made_.pop_back()) {
        [[maybe_unused]] const int removed = ::rmdir(made_.back().c_str());  // what holds something stays
    }
}

void NewDirectories::make(const std::string& directory, mode_t mode, mode_t mode_above) {
    if (directory == "/" || is_directory(directory)) {
        return;
    }
    make(directory_of(directory), mode_above, mode_above);
    if (::mkdir(directory.c_str(), mode) == 0) {
        made_.push_back(directory);
        // Whatever the umask took; and not of what a link leads to that somebody has put there meanwhile.
        [[maybe_unused]] const int changed = ::fchmodat(AT_FDCWD, directory.c_str(), mode, AT_SYMLINK_NOFOLLOW);
        sync_directory(directory_of(directory));
        return;
    }
    const int error_number = errno;
    if (!is_directory(directory)) {  // nor did somebody else make it meanwhile
        throw access_failure(fmt::format("cannot create the directory {}", core::quote(directory)), directory,
                             error_number);
    }
}

}  // namespace xmppfed::store

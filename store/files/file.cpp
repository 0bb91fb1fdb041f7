#include "store/files/file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/files/open_directory.hpp"
#include "store/files/read_buffer.hpp"

namespace xmppfed::store {

namespace {

using core::Error;
using core::ErrorKind;
using core::quote;

}  // namespace

Error system_failure(ErrorKind kind, std::string message, int error_number) {
    return Error{kind, std::move(message)}.because(std::system_category().message(error_number));
}

Error creation_failure(std::string message, const std::string& path, int error_number) {
    auto error = system_failure(ErrorKind::failed, std::move(message), error_number);
    const auto directory = directory_of(path);
    return error_number == ENOENT && !is_taken(directory)
               ? std::move(error).hint(fmt::format("make its directory first: `mkdir -p {}`", quote(directory)))
               : error;
}

std::string resolved(const std::string& path) {
    namespace fs = std::filesystem;
    const fs::path whole{path};
    std::error_code failed;
    const auto directory = fs::weakly_canonical(whole.parent_path(), failed);
    return ((failed ? whole.parent_path() : directory).lexically_normal() / whole.filename()).string();
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
        throw system_failure(ErrorKind::failed, fmt::format("cannot sync the directory {}", quote(directory)),
                             error_number);
    }
}

bool is_taken(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

bool is_regular(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::string nearest(std::string path) {
    while (path != "/" && !is_taken(path)) {
        path = directory_of(path);
    }
    return path;
}

void refuse_unwritable(const std::string& what, const std::string& path) {
    refuse_unwritable(what, path, directory_of(path));
}

void refuse_unwritable(const std::string& what, const std::string& path, const std::string& directory) {
    struct stat status {};
    const bool is_too_long = ::lstat(path.c_str(), &status) != 0 && errno == ENAMETOOLONG;
    if (is_too_long || ::access((directory + "/.").c_str(), W_OK | X_OK) != 0) {
        throw creation_failure(fmt::format("cannot write {} {}", what, quote(path)), path, errno);
    }
}

std::vector<std::string> names_in(const std::string& directory) {
    return names_in(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), directory);
}

std::vector<std::string> names_in(int descriptor, const std::string& directory) {
    const std::unique_ptr<DIR, int (*)(DIR*)> stream{descriptor < 0 ? nullptr : ::fdopendir(descriptor), ::closedir};
    if (!stream) {
        throw system_failure(ErrorKind::failed, fmt::format("cannot read the directory {}", quote(directory)), errno);
    }
    std::vector<std::string> names;
    while (const auto* entry = ::readdir(stream.get())) {  // NOLINT(concurrency-mt-unsafe): one thread
        names.emplace_back(static_cast<const char*>(entry->d_name));
    }
    std::ranges::sort(names);
    return names;
}

std::string partial_name(const std::string& path) {
    const auto ours = fmt::format("{}{}{}", path, partial_suffix, ::getpid());
    auto name = ours;
    // In a container a process that was killed there may have had the same number.
    for (int other = 2; is_taken(name); ++other) {
        name = fmt::format("{}-{}", ours, other);
    }
    return name;
}

std::vector<std::string> left_overs(const std::string& path) {
    const auto directory = directory_of(path);
    std::vector<std::string> found;
    if (!is_taken(directory)) {
        return found;
    }
    for (const auto& name : names_in(directory)) {
        const auto whole = (directory == "/" ? "" : directory) + "/" + name;
        if (whole == path || whole.starts_with(path + partial_suffix)) {
            found.push_back(whole);
        }
    }
    return found;
}

bool restore_mode(int descriptor, mode_t mode) {
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 && ((mode & ~status.st_mode) == 0 || ::fchmod(descriptor, mode) == 0);
}

NewFile::NewFile(std::string what, const std::string& path, mode_t mode, Existing existing)
    : what_{std::move(what)}, path_{path}, partial_{partial_name(path)}, existing_{existing} {
    refuse_taken();
    // NOLINTNEXTLINE(cppcoreguidelines-prefer-member-initializer): only after the check
    descriptor_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (descriptor_ < 0) {
        throw failure(errno);
    }
    if (mode == private_file && !restore_mode(descriptor_, mode)) {
        const int error_number = errno;
        ::close(descriptor_);
        ::unlink(partial_.c_str());
        throw failure(error_number);
    }
}

NewFile::~NewFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
    if (!published_) {
        ::unlink(partial_.c_str());
    } else if (!kept_ && replaced_) {
        (void)::rename(partial_.c_str(), path_.c_str());  // the old file waits under the partial name
    } else if (!kept_) {
        ::unlink(path_.c_str());
    }
}

Error NewFile::failure(int error_number) const {
    return creation_failure(fmt::format("cannot write {} {}", what_, quote(path_)), path_, error_number);
}

void NewFile::refuse_taken() const {
    if (!is_taken(path_) || (existing_ == Existing::replace && is_regular(path_))) {
        return;
    }
    if (existing_ == Existing::replace) {
        throw Error{ErrorKind::conflict, fmt::format("{} {} cannot be replaced: it is no file", what_, quote(path_))}
            .hint("name another file");
    }
    throw Error{ErrorKind::conflict, fmt::format("{} {} exists already", what_, quote(path_))}.hint(
        "name a file that does not exist yet");
}

void NewFile::write(std::string_view content) {
    if (!write_all(descriptor_, content)) {
        throw failure(errno);
    }
}

void NewFile::give(const core::FileAccess& access) {
    const bool given =
        ::fchown(descriptor_, access.owner, access.group) == 0 && ::fchmod(descriptor_, access.mode) == 0;
    if (!given) {
        throw system_failure(
            ErrorKind::failed,
            fmt::format("cannot give {} {} to user {} and group {}", what_, quote(path_), access.owner, access.group),
            errno)
            .hint("do it as root");
    }
}

void NewFile::publish() {
    if (::fsync(descriptor_) != 0) {
        throw failure(errno);
    }
    const bool exchange = existing_ == Existing::replace && is_taken(path_);
    const unsigned flags = exchange ? RENAME_EXCHANGE : RENAME_NOREPLACE;
    if (::renameat2(AT_FDCWD, partial_.c_str(), AT_FDCWD, path_.c_str(), flags) != 0) {
        const int error_number = errno;
        refuse_taken();
        throw failure(error_number);
    }
    published_ = true;
    replaced_ = exchange;
    sync_directory(directory_of(path_));
}

void NewFile::keep() {
    kept_ = true;
    if (replaced_) {
        ::unlink(partial_.c_str());
    }
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

std::string read_descriptor(const std::string& what, int descriptor, std::size_t most) {
    constexpr std::size_t usual = std::size_t{64} * 1024;
    struct stat status {};
    const bool has_size = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    ReadBuffer content{std::min(has_size ? static_cast<std::size_t>(status.st_size) : usual, most)};
    for (;;) {
        const auto room = content.room();
        const auto count = ::read(descriptor, room.data(), room.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            throw system_failure(ErrorKind::failed, fmt::format("cannot read {}", what), errno);
        }
        if (count == 0) {
            return content.take();
        }
        content.add(static_cast<std::size_t>(count));
        if (content.size() > most) {
            throw Error{ErrorKind::failed, fmt::format("{} is larger than {} octets", what, most)};
        }
    }
}

namespace {

/// Where whatever has that name is not to be waited for, a lease (fcntl(2)) still is: only a regular file has one.
Descriptor open_to_read(const std::string& name, const std::string& path, int more_flags) {
    int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | more_flags);
    if (descriptor < 0 && errno == EWOULDBLOCK) {
        descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | (more_flags & ~O_NONBLOCK));
    }
    if (descriptor < 0) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        throw system_failure(missing ? ErrorKind::not_found : ErrorKind::failed, fmt::format("cannot read {}", name),
                             errno);
    }
    return Descriptor{descriptor};
}

}  // namespace

std::string read_file(const std::string& what, const std::string& path, std::size_t most) {
    const auto name = fmt::format("{} {}", what, quote(path));
    const auto file = open_to_read(name, path, 0);
    return read_descriptor(name, file.number(), most);
}

std::string read_regular_file(const std::string& what, const std::string& path, std::size_t most) {
    const auto name = fmt::format("{} {}", what, quote(path));
    const auto file = open_to_read(name, path, O_NONBLOCK | O_NOCTTY);
    struct stat status {};
    if (::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode)) {
        throw Error{ErrorKind::conflict, fmt::format("{} is no regular file", name)}.hint("move it away");
    }
    return read_descriptor(name, file.number(), most);
}

}  // namespace xmppfed::store

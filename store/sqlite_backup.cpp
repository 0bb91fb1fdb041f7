#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>

#include "core/text.hpp"
#include "store/file.hpp"
#include "store/sqlite_store.hpp"

namespace xmppfed::store {

namespace {

using core::Error;
using core::ErrorKind;
using core::quote;

/// A new file beside its final name, gone again unless it is published.
class PartialFile {
  public:
    explicit PartialFile(const std::string& final_name)
        : final_name_{final_name}, name_{fmt::format("{}.partial-{}", final_name, ::getpid())} {
        const int descriptor =
            ::open(name_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (descriptor < 0) {
            throw system_failure(ErrorKind::failed, fmt::format("cannot create {}", quote(name_)), errno);
        }
        ::close(descriptor);
    }
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;
    ~PartialFile() { ::unlink(name_.c_str()); }

    [[nodiscard]] const std::string& name() const { return name_; }

    /// Gives the file its final name, in one step and never over another file.
    void publish() {
        if (::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, final_name_.c_str(), RENAME_NOREPLACE) != 0) {
            const auto kind = errno == EEXIST ? ErrorKind::conflict : ErrorKind::failed;
            throw system_failure(kind, fmt::format("cannot write the backup {}", quote(final_name_)), errno)
                .hint("name a file that does not exist yet");
        }
        sync_directory(directory_of(final_name_));
    }

  private:
    std::string final_name_;
    std::string name_;
};

}  // namespace

void SqliteStore::backup(const std::string& file) {
    struct stat status {};
    if (::lstat(file.c_str(), &status) == 0) {
        throw Error{ErrorKind::conflict, fmt::format("the backup {} exists already", quote(file))}.hint(
            "name a file that does not exist yet");
    }
    PartialFile partial{file};
    connection_.guard("back up", [&] {
        SQLite::Database copy{partial.name(), SQLite::OPEN_READWRITE};
        SQLite::Backup{copy, connection_.database()}.executeStep();
    });
    partial.publish();
}

}  // namespace xmppfed::store

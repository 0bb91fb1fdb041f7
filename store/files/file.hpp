#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/cert/files/file_access.hpp"
#include "core/error.hpp"

namespace xmppfed::store {

/// A failure of a system call: `message` with errno's text as its cause.
[[nodiscard]] core::Error system_failure(core::ErrorKind kind, std::string message, int error_number);

/// The failure to make a file: `system_failure`, and a hint that tells how to make a directory that is missing.
[[nodiscard]] core::Error creation_failure(std::string message, const std::string& path, int error_number);

/// The path without dots and links in its directory: two spellings of one name become the same.
[[nodiscard]] std::string resolved(const std::string& path);

[[nodiscard]] std::string directory_of(const std::string& path);

/// What is there of a path: itself, or the nearest directory above it.
[[nodiscard]] std::string nearest(std::string path);

/// The names in a directory, "." and ".." included, sorted by bytes.
[[nodiscard]] std::vector<std::string> names_in(const std::string& directory);

/// The same of an open directory, whose descriptor is taken; `directory` is for messages.
[[nodiscard]] std::vector<std::string> names_in(int descriptor, const std::string& directory);

/// Makes the names in a directory durable.
void sync_directory(const std::string& directory);

/// Whether anything has that name: a file, a directory, a link that leads nowhere.
[[nodiscard]] bool is_taken(const std::string& path);

/// Whether a regular file has that name, and no link to one.
[[nodiscard]] bool is_regular(const std::string& path);

/// A free name beside a path for what is to become it: the path, this suffix, the number of the process, and more where
/// that is taken.
inline constexpr const char* partial_suffix = ".partial-";
[[nodiscard]] std::string partial_name(const std::string& path);

/// What is there of a file that may have been left unfinished: itself, or partial forms of it.
[[nodiscard]] std::vector<std::string> left_overs(const std::string& path);

/// Throws what making the file would: its directory, or the one named, is missing or nobody lets us write into it.
/// `what` names the file in the message.
void refuse_unwritable(const std::string& what, const std::string& path);
void refuse_unwritable(const std::string& what, const std::string& path, const std::string& directory);

inline constexpr mode_t private_file = 0600;  ///< whatever the umask
inline constexpr mode_t public_file = 0644;   ///< less what the umask takes

/// Gives a file that was just made the bits of its mode that the umask took, for only its owner may use it, and must be
/// able to. False when it cannot.
[[nodiscard]] bool restore_mode(int descriptor, mode_t mode);

/// What to do with a file that has the name already.
enum class Existing {
    refuse,   ///< a conflict
    replace,  ///< only a regular file is replaced
};

/// A file in the making, which has its final name only when it is whole and durable. It is written under another name
/// beside it, opened with O_EXCL and O_NOFOLLOW, so that nothing is followed or overwritten. Unless `keep` is called,
/// destruction undoes everything, and a file that was replaced is there again.
class NewFile {
  public:
    /// Throws a conflict when the name is taken, failed when the file cannot be made. `what` names the file in
    /// messages.
    NewFile(std::string what, const std::string& path, mode_t mode, Existing existing = Existing::refuse);
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile();

    /// Where the content is until `publish`.
    [[nodiscard]] const std::string& partial_path() const { return partial_; }

    void write(std::string_view content);

    /// Gives it to a user and group with a mode, whatever the umask.
    void give(const core::FileAccess& access);

    /// Syncs the file, gives it its final name in one step, and syncs the directory.
    void publish();

    /// The file stays.
    void keep();

  private:
    [[nodiscard]] core::Error failure(int error_number) const;
    void refuse_taken() const;

    std::string what_;
    std::string path_;
    std::string partial_;
    Existing existing_;
    int descriptor_ = -1;
    bool published_ = false;
    bool replaced_ = false;
    bool kept_ = false;
};

/// Writes a whole text to an open descriptor; false with errno set when that fails.
[[nodiscard]] bool write_all(int descriptor, std::string_view text);

/// The content of a file. Throws not-found when it does not exist, failed when it cannot be read, is no regular file or
/// pipe, or is larger than `most` octets.
[[nodiscard]] std::string read_file(const std::string& what, const std::string& path, std::size_t most);

/// The same of a file that nobody has named, and whose place others may write: throws a conflict for what is no regular
/// file, where reading might wait for ever.
[[nodiscard]] std::string read_regular_file(const std::string& what, const std::string& path, std::size_t most);

/// The rest of an open descriptor, which stays open.
[[nodiscard]] std::string read_descriptor(const std::string& what, int descriptor, std::size_t most);

}  // namespace xmppfed::store

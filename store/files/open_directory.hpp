#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cert/files/file_access.hpp"

namespace xmppfed::store {

/// An open file or directory, closed when it goes. Its owner and its mode are changed by the descriptor, so that nobody
/// can put a link in its place meanwhile.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(Descriptor&& other) noexcept : number_{other.number_} { other.number_ = -1; }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor();

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] core::FileAccess access() const;

    /// Changes what differs; false with errno set when that is not permitted.
    [[nodiscard]] bool give(const core::FileAccess& access) const;

  private:
    int number_;
};

/// Which file it is, whatever it is called.
struct FileIdentity {
    dev_t device = 0;
    ino_t number = 0;

    bool operator==(const FileIdentity&) const = default;
};

/// The file that a path leads to, and who may do what with it; none when there is none.
[[nodiscard]] std::optional<FileIdentity> identity_of(const std::string& path);
[[nodiscard]] std::optional<core::FileAccess> access_of(const std::string& path);

/// A regular file that was read.
struct FileContent {
    std::string text;
    FileIdentity identity;
    core::FileAccess access;
};

/// A directory that is held open: what is done here is done in it, whatever its path leads to meanwhile. Names are of
/// what is in it; no link is followed. Functions that are not said to return a failure throw `core::Error` of kind
/// failed.
class OpenDirectory {
  public:
    /// Follows links, for somebody named the path. None when no directory is there.
    [[nodiscard]] static std::optional<OpenDirectory> at(const std::string& path);

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string path_of(std::string_view name) const { return path_ + "/" + std::string{name}; }
    [[nodiscard]] const Descriptor& descriptor() const { return descriptor_; }
    [[nodiscard]] core::FileAccess access() const { return descriptor_.access(); }

    /// The names in it, "." and ".." included, sorted by bytes.
    [[nodiscard]] std::vector<std::string> names() const;

    /// A directory in it; none when there is none of that name.
    [[nodiscard]] std::optional<OpenDirectory> find(const std::string& name) const;

    /// Makes a directory in it, with mode 0755 less what the umask takes; false when the name is taken.
    [[nodiscard]] bool make(const std::string& name) const;

    /// Makes a new file, for writing.
    [[nodiscard]] Descriptor create(const std::string& name, mode_t mode) const;

    /// Reads a regular file; none when there is none of that name.
    [[nodiscard]] std::optional<FileContent> read(const std::string& name, std::size_t most) const;

    /// Which file has a name in it, or which link; none when nothing has.
    [[nodiscard]] std::optional<FileIdentity> identity_of(const std::string& name) const;

    /// Owner, group and mode of a regular file; none when there is none of that name.
    [[nodiscard]] std::optional<core::FileAccess> access_of(const std::string& name) const;

    /// Gives something another name; false when that is taken.
    [[nodiscard]] bool rename(const std::string& name, const std::string& new_name) const;

    /// Puts a symbolic link in the place of one, in one step.
    void link(const std::string& name, const std::string& target) const;

    /// Deletes a file or link, or an empty directory. False with errno set when that fails.
    [[nodiscard]] bool remove(const std::string& name) const;
    [[nodiscard]] bool remove_directory(const std::string& name) const;

    /// Makes the names in it durable.
    void sync() const;

  private:
    OpenDirectory(int number, std::string path) : descriptor_{number}, path_{std::move(path)} {}

    Descriptor descriptor_;
    std::string path_;  ///< for messages
};

/// Writes a whole text to an open file and makes it durable; `path` is for messages. Throws failed.
void write_durably(const Descriptor& file, std::string_view text, const std::string& path);

}  // namespace xmppfed::store

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xmppfed::app {

/// A file for a server.
struct ServerFile {
    std::string path;  ///< absolute
    std::string content;
    std::optional<std::string> before = {};  ///< what is there; none: nothing is

    [[nodiscard]] bool is_changed() const { return before != content; }
};

/// The files of a server in a directory, at least one, in the order in which they are given: what names others comes last.
class ServerFiles {
  public:
    /// Throws failed when one that is there cannot be read.
    explicit ServerFiles(std::vector<ServerFile> files);

    [[nodiscard]] const std::vector<ServerFile>& files() const { return files_; }
    [[nodiscard]] bool is_changed() const;

    /// Where they are to be, when nothing is there.
    [[nodiscard]] std::optional<std::string> missing_directory() const;

    /// Throws what writing would for the directory's sake.
    void refuse_unwritable() const;

    /// Writes all of them or none, and makes their directory when it is missing: each beside its place, synced; then they get their names. A file keeps the owner, the
    /// group and the mode of the one before it (`core::configuration_access`). Signals that end the program wait.
    void write() const;

    /// Takes away what a run that was killed left beside them.
    void tidy() const;

  private:
    std::vector<ServerFile> files_;
};

}  // namespace xmppfed::app

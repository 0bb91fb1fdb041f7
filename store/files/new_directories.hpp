#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace xmppfed::store {

/// Directories that are made for files, and taken away again unless they are kept: a failure leaves none behind.
class NewDirectories {
  public:
    NewDirectories() = default;
    NewDirectories(const NewDirectories&) = delete;
    NewDirectories& operator=(const NewDirectories&) = delete;
    ~NewDirectories();

    /// Makes a directory unless it is there, and with `mode_above` what is missing above it; the umask takes nothing. An
    /// absolute path. Throws `core::Error` of kind failed.
    void make(const std::string& directory, mode_t mode, mode_t mode_above);
    void keep() { made_.clear(); }

  private:
    std::vector<std::string> made_;  ///< each above the next one
};

}  // namespace xmppfed::store

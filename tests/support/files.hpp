#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace xmppfed::test {

/// A directory of its own for one test, removed with everything in it.
class TemporaryDirectory {
  public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string operator/(std::string_view name) const { return path_ + "/" + std::string{name}; }

    /// The names in it, sorted.
    [[nodiscard]] std::vector<std::string> names() const;

  private:
    std::string path_;
};

[[nodiscard]] std::string read_file(const std::string& path);
void write_file(const std::string& path, std::string_view content);

/// The permission bits, set-group-ID included.
[[nodiscard]] mode_t mode_of(const std::string& path);

/// Root may do anything; a test of permissions acts as somebody else meanwhile.
class WithoutPrivileges {
  public:
    WithoutPrivileges();
    WithoutPrivileges(const WithoutPrivileges&) = delete;
    WithoutPrivileges& operator=(const WithoutPrivileges&) = delete;
    ~WithoutPrivileges();

  private:
    uid_t former_;
};

}  // namespace xmppfed::test
